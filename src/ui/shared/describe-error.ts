/** What to do about each kind of failure: the next step where the error itself does not carry a better one. */
import type { BackendErrorCode, PlainBackendError } from '../../core/backend-error';

const nextSteps: Record<BackendErrorCode, string> = {
  unreachable: 'Check that the server runs and that its address and port are right, then retry.',
  timeout: 'A large model may still be loading. Wait a little, then retry.',
  unauthorized: 'Check the key: in Settings for a direct connection, in the relay’s environment otherwise.',
  'rate-limited': 'Wait a moment, then retry.',
  'model-not-found': 'Choose another model from the list.',
  'bad-request': 'Change the setting or the message that the server names, then retry.',
  'context-overflow':
    'Shorten the message, start a new conversation, or raise the context window in Answer settings.',
  'server-failed': 'Look into the server’s log, then retry.',
  'malformed-stream': 'Retry asks for the whole answer again.',
  'unsupported-environment': 'Use a current Chrome, Edge or Firefox, or choose a model on a server.',
  'out-of-memory':
    'Close other tabs, choose a smaller model, or lower the context window in Answer settings.',
  'storage-full': 'Delete conversations or models you no longer need, or free disk space.',
  'load-failed': 'Retry loads the model again.',
  'unreadable-document': 'Open the file in the program that made it, save it anew, and add it again.',
  internal: 'Retry. If it happens again, please report it with the words below.',
};

export interface ErrorDescription {
  readonly cause: string;
  readonly nextStep: string;
  /** What the server or engine itself said. */
  readonly said?: string;
  readonly retryAfterMs?: number;
}

export function describeError({ code, message, detail }: PlainBackendError): ErrorDescription {
  const { hint = nextSteps[code], said, retryAfterMs } = detail;
  return { cause: message, nextStep: hint, said: said === message ? undefined : said, retryAfterMs };
}
