/** What an answer has before its model has said a word. */
import type { AnswerMessage } from '../core/conversation';

/** @param earlier the answer that is continued */
export function answerBeginning(
  earlier?: AnswerMessage,
): Pick<AnswerMessage, 'text' | 'reasoning' | 'tokens' | 'continuedFrom'> {
  if (!earlier) return { text: '', reasoning: '' };
  const { id, text, reasoning, tokens, modelLabel } = earlier;
  return {
    text,
    reasoning,
    ...(tokens && { tokens }),
    continuedFrom: { messageId: id, modelLabel, length: text.length },
  };
}
