/** What is said of an answer's connection to the relay, shown at the answer and announced. */
import type { Reply } from '../../state/reply.svelte';

export const connectionWords: Readonly<Record<NonNullable<Reply['connection']>, string>> = {
  lost: 'Connection lost; getting back to the answer…',
  back: 'The connection is back; the answer goes on.',
};
