/** A conversation with its messages as the text of a file, checked and with ids of its own when it is read. */
import * as v from 'valibot';
import type { BackendError } from '../../core/backend-error';
import { notImported } from '../../core/not-imported';
import type { Conversation, StoredMessage } from '../../core/conversation';
import { checkedBy } from '../../platform/checked-by';
import { parsedJson } from '../../platform/parsed-json';
import { conversationSchema } from './comparison-file';
import { messageSchema } from './message-schema';
import { conversationsWithNewIds } from './with-new-ids';

export interface WholeConversation {
  readonly conversation: Conversation;
  readonly messages: readonly StoredMessage[];
}

const file = v.object({ conversation: conversationSchema, messages: v.array(messageSchema) });

export function writeConversationFile(whole: WholeConversation): string {
  return JSON.stringify(whole);
}

/**
 * @param newId makes an id that nothing has
 * @throws BackendError `bad-request` with what is wrong with the file
 */
export function readConversationFile(content: string, newId: () => string): WholeConversation {
  const { conversation, messages } = checkedBy(file, parsedJson(content, refused), refused);
  const renewed = conversationsWithNewIds({ conversations: [conversation], messages }, newId);
  const [own] = renewed.conversations;
  if (!own) throw refused('it is empty.');
  return { conversation: own, messages: renewed.messages };
}

function refused(why: string): BackendError {
  return notImported(`a conversation in it is damaged, ${why}`);
}
