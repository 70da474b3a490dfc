/** What a search elsewhere answered, as passages. The texts are quoted to a model, and never more than that. */
import { BackendError } from '../../core/backend-error';
import type { SearchAddress } from '../../core/document';
import type { JsonValue } from '../../core/json';
import type { Passage } from '../../core/retrieval';
import { keysOf, readPath } from '../json-path';

export interface ReadResults {
  /** In the order of the answer. */
  readonly passages: readonly Passage[];
  /** Results without a text. */
  readonly without: number;
}

/** @throws BackendError where a path finds nothing, with what is there instead */
export function readResults(answer: JsonValue, address: SearchAddress, collectionId: string): ReadResults {
  const { label, resultsPath, textPath } = address;
  const results = readPath(answer, resultsPath);
  if (!Array.isArray(results)) {
    throw notFound(`The answer of ${label} has no list at “${resultsPath || 'its top'}”.`, answer);
  }
  const list = results as readonly JsonValue[];
  const passages = list.flatMap((result, place) => passageOf(result, place, address, collectionId) ?? []);
  const [first] = list;
  if (first !== undefined && passages.length === 0) {
    throw notFound(`No result of ${label} has a text at “${textPath || 'its top'}”.`, first);
  }
  return { passages, without: list.length - passages.length };
}

function passageOf(
  result: JsonValue,
  place: number,
  { label, textPath, sourcePath, urlPath, scorePath }: SearchAddress,
  collectionId: string,
): Passage | undefined {
  const text = textAt(result, textPath);
  if (text === undefined) return undefined;
  const url = textAt(result, urlPath);
  const told = numberAt(result, scorePath);
  return {
    collectionId,
    documentName: (textAt(result, sourcePath) ?? url ?? label).slice(0, longestName),
    ...(url !== undefined && { url }),
    headings: [],
    text,
    // Some tell a distance: only their order says what is better.
    scores: { ...(told !== undefined && { told }), fused: 1 / (place + 1) },
  };
}

const longestName = 300;

/** Pieces of one text, as some engines mark them, are joined. */
function textAt(result: JsonValue, path: string | undefined): string | undefined {
  const value = path === undefined ? undefined : readPath(result, path);
  const pieces = (Array.isArray(value) ? (value as readonly JsonValue[]) : [value]).filter(
    (piece) => typeof piece === 'string' || typeof piece === 'number',
  );
  const text = pieces.join('\n').trim();
  return text === '' ? undefined : text;
}

function numberAt(result: JsonValue, path: string | undefined): number | undefined {
  const value = path === undefined ? undefined : readPath(result, path);
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function notFound(message: string, instead: JsonValue): BackendError {
  return new BackendError('malformed-stream', message, {
    said: `There is: ${keysOf(instead)}`.slice(0, 500),
    hint: 'Change the paths of this search on the Documents screen.',
  });
}
