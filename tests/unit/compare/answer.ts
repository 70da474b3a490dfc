/** An answer that is complete, for tests to change. */
import type { AnswerMessage } from '../../../src/core/conversation';

export function answer(change: Partial<AnswerMessage> = {}): AnswerMessage {
  return {
    id: 'answer',
    conversationId: 'conversation',
    parentId: 'question',
    position: 1,
    createdAt: 1_700_000_000_000,
    role: 'assistant',
    state: 'done',
    text: 'Hello.',
    reasoning: '',
    backendId: 'ollama',
    backendLabel: 'Ollama',
    modelId: 'm',
    modelLabel: 'M',
    ...change,
  };
}
