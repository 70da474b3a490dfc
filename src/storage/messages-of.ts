/** The messages of one conversation: read in order of creation, and deleted with the checkpoints of their answers. */
import type { StoredMessage } from '../core/conversation';
import type { Connection, WriteTransaction } from './database';

export const byPosition = '[conversationId+position]';

export function allOf(conversationId: string): IDBKeyRange {
  return IDBKeyRange.bound([conversationId, -Infinity], [conversationId, Infinity]);
}

export function messagesOf(connection: Connection, conversationId: string): Promise<StoredMessage[]> {
  return connection.getAllFromIndex('messages', byPosition, allOf(conversationId));
}

/** @param transaction over messages and checkpoints */
export async function deleteMessages(
  transaction: WriteTransaction,
  messages: readonly StoredMessage[],
): Promise<void> {
  for (const { id } of messages) {
    await transaction.objectStore('messages').delete(id);
    await transaction.objectStore('checkpoints').delete(id);
  }
}
