/** A comparison from elsewhere with ids of its own; what points to nothing is left out. */
import { notImported } from '../../core/not-imported';
import type { WholeComparison } from '../../core/comparison';
import {
  type AnswerMessage,
  type Conversation,
  isRunning,
  type StoredMessage,
} from '../../core/conversation';
import { without } from '../../platform/without';

export interface RenewedComparison extends WholeComparison {
  /** Of the comparison and its messages, by the ids that they had. */
  readonly renewed: ReadonlyMap<string, string>;
}

/**
 * @param newId makes an id that nothing has
 * @throws BackendError `bad-request` where two rows have the same id
 */
export function withNewIds(whole: WholeComparison, newId: () => string): RenewedComparison {
  const { comparison } = whole;
  const id = newId();
  const { conversations, messages, conversationIds, messageIds } = conversationsWithNewIds(whole, newId);
  return {
    renewed: new Map([...messageIds, [comparison.id, id]]),
    comparison: {
      ...comparison,
      id,
      lanes: comparison.lanes.map((lane) => ({
        ...lane,
        id: newId(),
        // A lane that was not asked yet has none.
        conversationId: conversationIds.get(lane.conversationId) ?? newId(),
      })),
    },
    conversations: conversations.map((row) => ({ ...row, comparisonId: id })),
    messages,
  };
}

interface NewConversations {
  /** Of no comparison. */
  readonly conversations: readonly Conversation[];
  readonly messages: readonly StoredMessage[];
  /** By the ids that they had. */
  readonly conversationIds: ReadonlyMap<string, string>;
  readonly messageIds: ReadonlyMap<string, string>;
}

/**
 * @param newId makes an id that nothing has
 * @throws BackendError `bad-request` where two rows have the same id
 */
export function conversationsWithNewIds(
  { conversations, messages }: Pick<WholeComparison, 'conversations' | 'messages'>,
  newId: () => string,
): NewConversations {
  const conversationIds = freshIds(conversations, newId);
  const messageIds = freshIds(messages, newId);
  const byId = new Map(messages.map((message) => [message.id, message]));
  return {
    conversationIds,
    messageIds,
    conversations: conversations.map((conversation) => {
      const { leafId } = conversation;
      const row = without(conversation, 'leafId', 'comparisonId');
      const leaf = leafId === undefined ? undefined : messageIds.get(leafId);
      const own = conversationIds.get(row.id) ?? newId();
      return { ...row, id: own, ...(leaf !== undefined && { leafId: leaf }) };
    }),
    messages: messages.flatMap((message) => {
      const conversationId = conversationIds.get(message.conversationId);
      const own = messageIds.get(message.id);
      if (conversationId === undefined || own === undefined) return [];
      const parent = message.parentId === null ? undefined : byId.get(message.parentId);
      const parentId = parent && isBefore(parent, message) ? (messageIds.get(parent.id) ?? null) : null;
      return ended({ ...message, id: own, conversationId, parentId }, messageIds);
    }),
  };
}

/** Else following parents might never end. */
function isBefore(parent: StoredMessage, message: StoredMessage): boolean {
  return parent.conversationId === message.conversationId && parent.position < message.position;
}

function freshIds(rows: readonly { readonly id: string }[], newId: () => string): Map<string, string> {
  const ids = new Map(rows.map(({ id }) => [id, newId()]));
  if (ids.size === rows.length) return ids;
  throw notImported('two entries of it have the same id.');
}

/** An answer that ran while it was exported does not run here. */
function ended(message: StoredMessage, ids: ReadonlyMap<string, string>): StoredMessage {
  if (message.role !== 'assistant') return message;
  const { continuedFrom, replayOf, ...answer } = message;
  const replayed = replayOf === undefined ? undefined : ids.get(replayOf);
  const state: AnswerMessage['state'] = isRunning(answer.state) ? 'incomplete' : answer.state;
  return {
    ...answer,
    state,
    ...(continuedFrom && {
      continuedFrom: { ...continuedFrom, messageId: ids.get(continuedFrom.messageId) ?? '' },
    }),
    ...(replayed !== undefined && { replayOf: replayed }),
  };
}
