/** A run file worked through on its servers: answers to a file, progress to stderr, a report to stdout. */
import { checkAnswer } from '../src/batch/check-answer';
import { markdownReport } from '../src/batch/exports/markdown-report';
import { type BatchPlan, planBatch } from '../src/batch/plan/batch-plan';
import { cellRequest } from '../src/batch/plan/cell-request';
import { answerCell } from '../src/batch/running/answer-cell';
import { cellQueues } from '../src/batch/running/cell-queues';
import { CellLedger } from '../src/batch/running/cell-ledger';
import { runCells } from '../src/batch/running/run-cells';
import type { BatchRun, CellResult } from '../src/core/batch';
import { SettingsError } from '../relay/settings/settings';
import type { Environment } from '../relay/settings/environment';
import { openCheckWorker } from './check-worker';
import { knownUpstreams } from './known-upstreams';
import { Problem } from './problem';
import { tellProgress } from './progress-line';
import { readArguments, type RunnerArguments, usage } from './read-arguments';
import { readRun } from './read-run';
import { openResults } from './results-file';
import { type ServerLane, serverLanes } from './server-lanes';

export interface RunnerSurroundings {
  readonly args: readonly string[];
  readonly variables: Environment;
  /** Paths are meant from here. */
  readonly folder: string;
  readonly stop: AbortSignal;
  readonly out: (text: string) => void;
  readonly say: (text: string) => void;
  readonly isTerminal: boolean;
}

/** What the program ends with. */
const exitCodes = { allDone: 0, someFailed: 1, notBegun: 2, stopped: 130 } as const;

/** @returns the exit code */
export async function runBatch(surroundings: RunnerSurroundings): Promise<number> {
  const { args, folder, out, say, variables, stop } = surroundings;
  try {
    const wanted = readArguments(args, folder);
    if (!wanted) {
      out(usage);
      return exitCodes.allDone;
    }
    const run = await readRun(wanted.runFile);
    const plan = planBatch(run);
    say(`${planWords(run, plan)}\n`);
    if (wanted.isDryRun) return exitCodes.allDone;
    const upstreams = knownUpstreams(run.upstreams, wanted.runFile, variables);
    const lanes = await serverLanes(run, upstreams, stop);
    return await perform({ run, plan, lanes, wanted }, surroundings);
  } catch (thrown) {
    if (stop.aborted) return exitCodes.stopped;
    if (!(thrown instanceof Problem || thrown instanceof SettingsError)) throw thrown;
    say(`${thrown.message}\n`);
    return exitCodes.notBegun;
  }
}

interface Task {
  readonly run: BatchRun;
  readonly plan: BatchPlan;
  readonly lanes: readonly ServerLane[];
  readonly wanted: RunnerArguments;
}

async function perform(
  { run, plan, lanes, wanted }: Task,
  { stop, out, say, isTerminal }: RunnerSurroundings,
): Promise<number> {
  const results = openResults(wanted.results, run, plan, wanted.resumes);
  const places = lanes.map(({ place }) => place);
  const ledger = new CellLedger(plan, places);
  for (const result of results.earlier) ledger.add(withoutText(result));
  const open = ledger.open(wanted.retriesFailed ? 'and failed' : 'only');
  if (results.earlier.length > 0) say(`${results.earlier.length} answers are there already.\n`);
  const checks = openCheckWorker();
  const endProgress = tellProgress(() => ledger.standing, say, isTerminal);
  try {
    await runCells(cellQueues(plan, places, open), {
      stop,
      pause: stop,
      async attempt(cell, attempt, signal) {
        const planned = plan.cellAt(cell);
        const lane = lanes[planned.lane];
        if (!lane) throw new RangeError(`There is no lane for cell ${cell}.`);
        const request = () => {
          const { lane: setup, messages, params } = cellRequest(run, plan, planned);
          return { modelId: setup.modelId, messages, params };
        };
        return answerCell({ cell, attempt, request }, lane.backend, signal);
      },
      async keep(result) {
        const { item, messages } = cellRequest(run, plan, plan.cellAt(result.cell));
        const checked = await checkAnswer(run, item, messages.at(-1)?.text ?? '', result, checks);
        results.add(checked);
        ledger.add(withoutText(checked));
      },
    });
  } finally {
    endProgress();
    await checks.close();
  }
  out(markdownReport(run, plan, ledger.results));
  say(`The answers are in ${wanted.results}\n`);
  if (stop.aborted) {
    say('Stopped. --resume goes on from there.\n');
    return exitCodes.stopped;
  }
  return ledger.standing.failed > 0 ? exitCodes.someFailed : exitCodes.allDone;
}

function planWords(run: BatchRun, plan: BatchPlan): string {
  const { data, lanes, repeats } = run;
  return `${plan.size} answers: ${data.items.length} items × ${lanes.length} lanes × ${plan.points.length} points of the grid × ${repeats} repeats.`;
}

/** The texts are in the file: of a hundred thousand answers only the figures stay in memory. */
function withoutText(result: CellResult): CellResult {
  return { ...result, text: '', reasoning: '' };
}
