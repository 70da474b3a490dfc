/** What wllama throws and what its log says, as a BackendError with a next step. */
import { BackendError } from '../../core/backend-error';
import type { LocalModelFile } from '../../core/connection';

const outOfMemory =
  /out of memory|OOM|failed to allocate|cannot allocate|allocation failed|enlarge memory|bad_alloc|buffer_size/i;
const overflow = /\((\d+) tokens\) exceeds the available context size \((\d+) tokens\)/;

export interface LoadFailure {
  readonly error: BackendError;
  /** The bytes are to blame, so a kept copy must go. */
  readonly isFileDamaged: boolean;
}

/** For a load that threw, or that ended without a usable model. */
export function explainLoadFailure(
  file: LocalModelFile,
  log: readonly string[],
  thrown?: unknown,
): LoadFailure {
  const said = firstComplaint(log) ?? (thrown === undefined ? undefined : wordsOf(thrown));
  const detail = said === undefined ? {} : { said };
  if (outOfMemory.test(`${said ?? ''} ${wordsOf(thrown)}`)) {
    return { error: tooLarge(file, detail, thrown), isFileDamaged: false };
  }
  if (said && /unknown model architecture|unsupported|failed to initialize/i.test(said)) {
    return { error: unknownKind(file, detail, thrown), isFileDamaged: false };
  }
  return { error: damaged(file, detail, thrown), isFileDamaged: true };
}

/** For a failure while answering. @param hadFormat whether the request asked for JSON */
export function explainChatFailure(
  thrown: unknown,
  log: readonly string[],
  hadFormat: boolean,
): BackendError {
  if (thrown instanceof BackendError) return thrown;
  const words = wordsOf(thrown);
  const tokens = overflow.exec(words);
  if (tokens) return tooLong(tokens[1], tokens[2]);
  if (/context size/i.test(words)) return tooLong();
  if (outOfMemory.test(words)) return new BackendError('out-of-memory', memoryRanOut, memoryHint, thrown);
  const complaint = log.findLast((line) => /JSON schema error|failed to parse grammar/i.test(line)) ?? '';
  if (hadFormat && complaint) {
    return new BackendError(
      'bad-request',
      'The engine could not use this JSON Schema.',
      { said: complaint },
      thrown,
    );
  }
  return new BackendError(
    'load-failed',
    'The model stopped working and was unloaded. Send again to load it anew.',
    { said: words },
    thrown,
  );
}

const memoryRanOut = 'The browser ran out of memory for this model.';
const memoryHint = { hint: 'Choose a smaller model or a shorter context window, and close other tabs.' };

function tooLarge(file: LocalModelFile, detail: { said?: string }, thrown: unknown): BackendError {
  return new BackendError(
    'out-of-memory',
    `There is not enough memory for ${file.label}.`,
    { ...detail, ...memoryHint },
    thrown,
  );
}

function unknownKind(file: LocalModelFile, detail: { said?: string }, thrown: unknown): BackendError {
  const message = `The engine in the page cannot run a model of the kind of ${file.label}.`;
  return new BackendError('load-failed', message, { ...detail, hint: 'Choose another model.' }, thrown);
}

function damaged(file: LocalModelFile, detail: { said?: string }, thrown: unknown): BackendError {
  const message = `The file of ${file.label} is damaged. The copy in this browser was deleted.`;
  const hint = 'Load it again. If that fails too, delete the file from models/ and run `npm start`.';
  return new BackendError('load-failed', message, { ...detail, hint }, thrown);
}

function tooLong(needed?: string, available?: string): BackendError {
  const numbers =
    needed && available ? `It has ${needed} tokens, but the context window holds ${available}.` : '';
  return new BackendError(
    'context-overflow',
    `The conversation is too long for this model. ${numbers}`.trim(),
    {
      hint: 'Raise the context length in the settings, shorten the message, or start a new conversation.',
    },
  );
}

/** llama.cpp reports in detail first and in general last; the first line names the cause. */
function firstComplaint(log: readonly string[]): string | undefined {
  return log.find((line) =>
    /error loading model|failed to allocate|failed to initialize the context/i.test(line),
  );
}

/** wllama rejects with errors and with bare strings. */
function wordsOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  return typeof thrown === 'string' ? thrown : '';
}
