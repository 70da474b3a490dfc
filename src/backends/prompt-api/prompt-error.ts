/** What the browser's own model throws, by the names of its exceptions, as a BackendError with a next step. */
import { BackendError, type BackendErrorCode } from '../../core/backend-error';

type Explanation = readonly [code: BackendErrorCode, message: string, hint?: string];

const byName: Readonly<Record<string, Explanation>> = {
  NotSupportedError: [
    'unsupported-environment',
    'The browser’s own model cannot do this here.',
    'Remove the JSON format if one is set, or choose another model.',
  ],
  NotAllowedError: [
    'load-failed',
    'The browser did not allow this page to use its own model.',
    'A download starts only right after a click: press Load once more. Otherwise the browser’s settings or an administrator forbid it.',
  ],
  NetworkError: [
    'unreachable',
    'The browser could not download its model.',
    'Check the network and that it is not a metered one, then load again.',
  ],
  NotReadableError: [
    'server-failed',
    'The browser withheld the answer of its model.',
    'Put the question in other words, or choose another model.',
  ],
  InvalidStateError: ['load-failed', 'The browser ended its model. Send again to start it anew.'],
  AbortError: ['load-failed', 'The browser’s own model was unloaded. Send again to start it anew.'],
  TypeError: ['bad-request', 'The browser’s own model does not take this JSON Schema.'],
  SyntaxError: ['bad-request', 'The browser’s own model does not take this JSON Schema.'],
};

export function explainPromptFailure(thrown: unknown): BackendError {
  if (thrown instanceof BackendError) return thrown;
  const { name, message: said } = thrown instanceof Error ? thrown : { name: '', message: '' };
  if (name === 'QuotaExceededError') return tooLong(thrown);
  const [code, message, hint] =
    byName[name] ??
    ([
      'server-failed',
      'The browser’s own model stopped working. Send again to start it anew.',
    ] satisfies Explanation);
  return new BackendError(code, message, { ...(said && { said }), ...(hint && { hint }) }, thrown);
}

/** The exception carries both numbers where the browser is new enough. */
export function tooLong(thrown?: unknown): BackendError {
  const { requested, quota } = (thrown ?? {}) as { requested?: number | null; quota?: number | null };
  const numbers = requested && quota ? ` It has ${requested} tokens, but ${quota} are left.` : '';
  return new BackendError(
    'context-overflow',
    `The conversation is too long for the browser’s own model.${numbers}`,
    {
      hint: 'Shorten the message, start a new conversation, or choose a model with a longer context window.',
    },
    thrown,
  );
}
