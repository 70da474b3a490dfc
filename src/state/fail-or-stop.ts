/** How an answer ends whose work threw: stopped where that was wanted, failed otherwise. */
import { BackendError } from '../core/backend-error';
import type { Reply } from './reply.svelte';

export function failOrStop(reply: Reply, thrown: unknown, signal: AbortSignal): void {
  if (signal.aborted) reply.apply({ type: 'stream-end', reason: 'aborted' });
  else reply.fail(BackendError.from(thrown));
}
