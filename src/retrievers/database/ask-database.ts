/** One work of a vector database behind the relay. */
import {
  type DatabaseReplies,
  type DatabaseRequests,
  type DatabaseWork,
  relayPaths,
} from '../../../relay/contract';
import { BackendError } from '../../core/backend-error';
import { readJson } from '../read-json';

/** @throws BackendError; the signal's reason once it is aborted */
export type AskDatabase = <Work extends DatabaseWork>(
  work: Work,
  request: DatabaseRequests[Work],
  signal?: AbortSignal,
) => Promise<DatabaseReplies[Work]>;

/** @param origin of the relay; empty for that of the page */
export function askDatabase({ id, label }: { readonly id: string; readonly label: string }, origin: string) {
  const ask: AskDatabase = async <Work extends DatabaseWork>(
    work: Work,
    request: DatabaseRequests[Work],
    signal?: AbortSignal,
  ) => {
    const url = `${origin}${relayPaths.databases}/${encodeURIComponent(id)}/${work}`;
    const init: RequestInit = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      ...(signal && { signal }),
    };
    try {
      // Both ends ship together, so the shape is trusted.
      return (await readJson(await fetch(url, init), label)) as unknown as DatabaseReplies[Work];
    } catch (thrown) {
      signal?.throwIfAborted();
      if (thrown instanceof BackendError) throw thrown;
      const message = `The relay, which leads to ${label}, does not answer.`;
      throw new BackendError(
        'unreachable',
        message,
        { hint: 'Documents and their text are kept here.' },
        thrown,
      );
    }
  };
  return ask;
}
