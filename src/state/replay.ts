/** Asks for an answer again, as it was asked for then: model, settings, messages, tools and seed. */
import type { AnswerMessage } from '../core/conversation';
import type { AskAgain } from './ask-again';
import type { ChatSession } from './chat-session.svelte';
import { respondentOf } from './respondent-of';

/** The new answer stands beside the first. Resolves with it once it is kept; undefined where nothing could be asked. */
export function replay(session: ChatSession, answer: AnswerMessage): Promise<AnswerMessage | undefined> {
  const continued = session.messages.find(({ id }) => id === answer.continuedFrom?.messageId);
  const earlier = continued?.role === 'assistant' ? continued : undefined;
  return askAgain(session, answer, { earlier, replayed: answer, as: respondentOf(answer) });
}

/** `ChatSession.retry`, resolving with what came of it. */
export async function askAgain(
  session: ChatSession,
  answer: AnswerMessage,
  again: AskAgain,
): Promise<AnswerMessage | undefined> {
  const known = new Set(session.messages.map(({ id }) => id));
  await session.retry(answer, again);
  const given = session.messages.find(({ id, parentId }) => !known.has(id) && parentId === answer.parentId);
  return given?.role === 'assistant' ? given : undefined;
}
