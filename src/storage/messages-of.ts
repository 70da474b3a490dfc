/** The messages of one conversation by their index, in order of creation. */

export const byPosition = '[conversationId+position]';

export function allOf(conversationId: string): IDBKeyRange {
  return IDBKeyRange.bound([conversationId, -Infinity], [conversationId, Infinity]);
}
