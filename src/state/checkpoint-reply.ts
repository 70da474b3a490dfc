/** Keeps what has arrived of a running answer, with its times; what fails is told once. */
import type { ChatSessionHost } from './chat-session-host';
import { Checkpointer } from './checkpointer';
import type { Reply } from './reply.svelte';

export function checkpointReply(
  { store, notices }: Pick<ChatSessionHost, 'store' | 'notices'>,
  reply: Reply,
): Checkpointer {
  return new Checkpointer(() =>
    store
      .saveCheckpoint({ messageId: reply.id, ...reply.arrived, times: reply.times })
      .catch((thrown: unknown) => notices.failed(thrown)),
  );
}
