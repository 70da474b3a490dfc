/** Failures that every engine in the page has, in the same words. */
import { BackendError } from '../../core/backend-error';

export const stoppedWorkingMessage =
  'The model stopped working and was unloaded. Send again to load it anew.';

/** @param said what the engine itself said */
export function stoppedWorking(said: string, cause?: unknown): BackendError {
  return new BackendError('load-failed', stoppedWorkingMessage, { said }, cause);
}

export const memoryHint = 'Choose a smaller model or a shorter context window, and close other tabs.';

/** @param detail what the engine itself said, where that says more */
export function memoryRanOut(detail: { readonly said?: string }, cause: unknown): BackendError {
  return new BackendError(
    'out-of-memory',
    'The browser ran out of memory for this model.',
    { ...detail, hint: memoryHint },
    cause,
  );
}

/** @param tokens absent where the engine tells no numbers */
export function conversationTooLong(tokens?: {
  readonly needed: number | string;
  readonly available: number | string;
}): BackendError {
  const numbers = tokens
    ? ` It has ${tokens.needed} tokens, but the context window holds ${tokens.available}.`
    : '';
  return new BackendError('context-overflow', `The conversation is too long for this model.${numbers}`, {
    hint: 'Raise the context length in the settings, shorten the message, or start a new conversation.',
  });
}
