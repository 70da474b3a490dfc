/** How much of one record is kept in memory while its end has not come: a server without an end is a fault. */
import { BackendError } from '../../core/backend-error';

/** Characters. A token's record has some hundred; a whole non-streamed answer fits well. */
export const longestRecord = 8 * 1024 * 1024;

export function recordTooLong(): BackendError {
  return new BackendError(
    'malformed-stream',
    'The server sent one record of more than 8 MB: this is not the protocol we expect.',
    { hint: 'Check the address and the kind of server in the settings.' },
  );
}
