/** What the command line says. */
import { basename, extname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Problem } from './problem';

export interface RunnerArguments {
  /** Absolute, as the next one. */
  readonly runFile: string;
  readonly results: string;
  /** Go on from what the results hold. */
  readonly resumes: boolean;
  /** With `resumes`: ask again for those that failed. */
  readonly retriesFailed: boolean;
  /** Only say what would be asked. */
  readonly isDryRun: boolean;
}

export const usage = `npm run batch -- RUN.json [--out RESULTS.jsonl] [--resume] [--retry-failed] [--dry-run]

  --out           where the answers go, a JSON object on each line (default: RUN.results.jsonl)
  --resume        goes on from what that file holds
  --retry-failed  the same, and asks again for the answers that failed
  --dry-run       says how many answers that would be, and asks for none
`;

/** Undefined where help is wanted. @throws Problem */
export function readArguments(args: readonly string[], folder: string): RunnerArguments | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const [given, ...others] = positionals;
  if (given === undefined || others.length > 0) throw new Problem(`Name one run file.\n\n${usage}`);
  const runFile = resolve(folder, given);
  const usual = `${basename(runFile, extname(runFile))}.results.jsonl`;
  const retriesFailed = values['retry-failed'] === true;
  return {
    runFile,
    results: values.out === undefined ? resolve(runFile, '..', usual) : resolve(folder, values.out),
    resumes: values.resume === true || retriesFailed,
    retriesFailed,
    isDryRun: values['dry-run'] === true,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: 'string' },
        resume: { type: 'boolean' },
        'retry-failed': { type: 'boolean' },
        'dry-run': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (thrown) {
    throw new Problem(`${thrown instanceof Error ? thrown.message : String(thrown)}\n\n${usage}`);
  }
}
