/** A conversation after something was added to it: its newest message is shown, and it has a title. */
import { branchTo, type Conversation, type StoredMessage } from '../core/conversation';
import { titleFrom } from './title-from';

export interface Touched {
  readonly id: string;
  /** Absent before its first message. */
  readonly conversation: Conversation | undefined;
  readonly messages: readonly StoredMessage[];
  readonly last: StoredMessage;
  /** Of a lane. */
  readonly comparisonId: string | undefined;
  /** What was chosen before there was a conversation. */
  readonly beginning: Pick<Conversation, 'collectionIds' | 'retrieval' | 'documentFilter'>;
}

export function touchedConversation(touched: Touched): Conversation {
  const { id, conversation, messages, last, comparisonId, beginning } = touched;
  const now = Date.now();
  const blank = { id, createdAt: now, updatedAt: now, isTitleChosen: false, title: '', ...beginning };
  const base = conversation ?? (comparisonId === undefined ? blank : { ...blank, comparisonId });
  const title = base.title || titleFrom(branchTo(messages, last.id)[0]?.text ?? '');
  return { ...base, title, updatedAt: now, leafId: last.id };
}
