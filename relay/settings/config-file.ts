/** Reads the configuration file; what is wrong in it is said with line, place and fix, all at once. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { type ConfigFile, configSchema } from './config-schema';
import { describeIssue } from './describe-issue';
import { parseJson } from './json-source';
import { SettingsError } from './settings';

/** @throws SettingsError with a line for each thing that is wrong */
export function readConfigFile(path: string): ConfigFile {
  const source = parseJson(readText(path));
  const complain = (problems: readonly { readonly offset: number; readonly message: string }[]): never => {
    const lines = problems.map(
      ({ offset, message }) => `SWITCHYARD_CONFIG: ${path}:${source.positionOf(offset)}: ${message}`,
    );
    throw new SettingsError(lines.join('\n'));
  };
  if (source.problems.length > 0) complain(source.problems);
  // A bare list of upstreams is the whole of many files.
  const isList = Array.isArray(source.value);
  const result = v.safeParse(configSchema, isList ? { upstreams: source.value } : source.value, {
    // One complaint for each value.
    abortPipeEarly: true,
  });
  if (result.success) return result.output;
  return complain(result.issues.map((issue) => describeIssue(issue, source, isList)));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (thrown) {
    const said = thrown instanceof Error ? thrown.message : String(thrown);
    throw new SettingsError(`SWITCHYARD_CONFIG: ${path} cannot be read: ${said}`);
  }
}
