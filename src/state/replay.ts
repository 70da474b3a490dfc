/** Asks for an answer again, as it was asked for then: model, settings, messages, tools and seed. */
import type { AnswerMessage } from '../core/conversation';
import type { Params } from '../core/params';
import type { ChatSession } from './chat-session.svelte';
import { respondentOf } from './respondent-of';

/**
 * The new answer stands beside the first. Resolves with it once it is kept; undefined where nothing could be asked.
 * @param change of its settings
 */
export async function replay(
  session: ChatSession,
  answer: AnswerMessage,
  change?: Params,
): Promise<AnswerMessage | undefined> {
  const known = new Set(session.messages.map(({ id }) => id));
  const earlier = answerById(session, answer.continuedFrom?.messageId);
  await session.retry(answer, { earlier, replayed: answer, as: respondentOf(answer, change) });
  const repeated = session.messages.find(
    (message) => !known.has(message.id) && message.role === 'assistant' && message.replayOf === answer.id,
  );
  return answerById(session, repeated?.id);
}

function answerById({ messages }: ChatSession, id: string | undefined): AnswerMessage | undefined {
  const found = messages.find((message) => message.id === id);
  return found?.role === 'assistant' ? found : undefined;
}
