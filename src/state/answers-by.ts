/** The answers of one model among the messages of a conversation: they tell what was in force and what was measured. */
import type { AnswerMessage, StoredMessage } from '../core/conversation';
import type { Selection } from './setting-values';

/** In their order. */
export function answersBy(
  { backendId, modelId }: Selection,
  branch: readonly StoredMessage[],
): AnswerMessage[] {
  return branch.filter(
    (message): message is AnswerMessage =>
      message.role === 'assistant' && message.backendId === backendId && message.modelId === modelId,
  );
}
