/** What wllama throws and what its log says, as a BackendError with a next step. */
import { BackendError } from '../../core/backend-error';
import type { LocalModel } from '../../core/local-model';
import { conversationTooLong, memoryHint, memoryRanOut, stoppedWorking } from '../shared/engine-failures';

const outOfMemory =
  /out of memory|OOM|failed to allocate|cannot allocate|could not allocate|allocation failed|enlarge memory|bad_alloc|buffer_size/i;
const overflow = /\((\d+) tokens\) exceeds the available context size \((\d+) tokens\)/;

/** For a load that threw, or that ended without a usable model. */
export function explainLoadFailure(
  model: LocalModel,
  log: readonly string[],
  thrown?: unknown,
): BackendError {
  const said = firstComplaint(log) ?? (thrown === undefined ? undefined : wordsOf(thrown));
  const detail = said === undefined ? {} : { said };
  if (outOfMemory.test(`${said ?? ''} ${wordsOf(thrown)}`)) {
    return tooLarge(model, detail, thrown);
  }
  if (said && /unknown model architecture|unsupported|failed to initialize/i.test(said)) {
    return unknownKind(model, detail, thrown);
  }
  return damaged(model, detail, thrown);
}

/** What an answer was to follow, in words for a message. */
export type Constraint = 'JSON Schema' | 'grammar';

/** For a failure while answering. @param constraint what the request asked for, if anything */
export function explainChatFailure(
  thrown: unknown,
  log: readonly string[],
  constraint?: Constraint,
): BackendError {
  if (thrown instanceof BackendError) return thrown;
  const words = wordsOf(thrown);
  const [, needed, available] = overflow.exec(words) ?? [];
  if (needed && available) return conversationTooLong({ needed, available });
  if (/context size/i.test(words)) return conversationTooLong();
  if (outOfMemory.test(words)) return memoryRanOut({}, thrown);
  const complaint =
    log.findLast((line) => /JSON schema error|failed to parse grammar|error parsing grammar/i.test(line)) ??
    '';
  if (constraint && complaint) {
    return new BackendError(
      'bad-request',
      `The engine could not use this ${constraint}.`,
      { said: complaint },
      thrown,
    );
  }
  return stoppedWorking(words, thrown);
}

function tooLarge(model: LocalModel, detail: { said?: string }, thrown: unknown): BackendError {
  return new BackendError(
    'out-of-memory',
    `There is not enough memory for ${model.label}.`,
    { ...detail, hint: memoryHint },
    thrown,
  );
}

function unknownKind(model: LocalModel, detail: { said?: string }, thrown: unknown): BackendError {
  const message = `The engine in the page cannot run a model of the kind of ${model.label}.`;
  return new BackendError('load-failed', message, { ...detail, hint: 'Choose another model.' }, thrown);
}

function damaged(model: LocalModel, detail: { said?: string }, thrown: unknown): BackendError {
  const message = `The engine could not read ${model.label}: its file is damaged, or of a kind it does not know.`;
  const hint = 'The file was checked again. Load the model again; what was damaged is fetched anew.';
  return new BackendError('load-failed', message, { ...detail, hint, isFileDamaged: true }, thrown);
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
