/** One thing that is wrong in the configuration file, in words, with the place and the way out. */
import type * as v from 'valibot';
import { type configSchema, knownKeysAt } from './config-schema';
import type { JsonProblem, JsonSource } from './json-source';
import { nearestNames } from './nearest-names';

type Issue = v.InferIssue<typeof configSchema>;
type Path = readonly (string | number)[];

/** `isList`: the file holds the bare list, so that `upstreams` stands in no place of it. */
export function describeIssue(issue: Issue, source: JsonSource, isList: boolean): JsonProblem {
  const path = (issue.path ?? []).map(({ key }) => key as string | number);
  const inFile = isList ? path.slice(1) : path;
  if (issue.type !== 'strict_object') {
    return { offset: source.offsetAt(inFile, 'value'), message: `${written(inFile)} ${issue.message}.` };
  }
  const key = JSON.stringify(path.at(-1));
  if (issue.expected === 'never') {
    const message = `${written(inFile)} is not a known key. ${advice(path)}`;
    return { offset: source.offsetAt(inFile, 'key'), message };
  }
  const isMissing = issue.expected === key;
  const message = isMissing
    ? `${written(inFile.slice(0, -1))} needs ${key}.`
    : `${written(inFile)} must be an object.`;
  return { offset: source.offsetAt(inFile, 'value'), message };
}

function advice(path: Path): string {
  const known = knownKeysAt(path.slice(0, -1));
  const [nearest] = nearestNames(String(path.at(-1)), known);
  return nearest === undefined ? `Known keys are ${known.join(', ')}.` : `Did you mean "${nearest}"?`;
}

/** `upstreams[0].kind` */
function written(path: Path): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  return text === '' ? 'the file' : text.replace(/^\./, '');
}
