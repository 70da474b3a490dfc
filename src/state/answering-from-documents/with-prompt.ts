/** What is sent, with the passages in the question: the question that is kept stays as it was typed. */
import type { ChatMessage } from '../../core/chat-message';
import type { RetrievalReport } from '../../core/retrieval';

/** @param retrieval absent where the answer is not given from documents */
export function withPrompt(
  messages: readonly ChatMessage[],
  retrieval: Pick<RetrievalReport, 'prompt'> | undefined,
): readonly ChatMessage[] {
  if (!retrieval) return messages;
  const at = messages.findLastIndex(({ role }) => role === 'user');
  return messages.map((message, index) => (index === at ? { ...message, text: retrieval.prompt } : message));
}
