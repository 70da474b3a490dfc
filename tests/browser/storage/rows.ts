/** Rows to store in tests. */
import type { AnswerMessage, Conversation, UserMessage } from '../../../src/core/conversation';
import type { Vote } from '../../../src/core/vote';

export const conversation: Conversation = {
  id: 'c1',
  title: 'Trains',
  isTitleChosen: false,
  createdAt: 1,
  updatedAt: 1,
  leafId: 'a1',
};

export const question: UserMessage = {
  id: 'q1',
  conversationId: 'c1',
  parentId: null,
  position: 0,
  createdAt: 1,
  role: 'user',
  text: 'Why?',
};

export const answer: AnswerMessage = {
  ...question,
  id: 'a1',
  parentId: 'q1',
  position: 1,
  role: 'assistant',
  text: '',
  state: 'waiting',
  reasoning: '',
  backendId: 'b',
  backendLabel: 'B',
  modelId: 'm',
  modelLabel: 'M',
};

const side = (name: string) => ({ modelKey: `b ${name}`, label: name, answerId: `${name}1`, length: 9 });
export const vote = (id: string, createdAt: number): Vote => ({
  id,
  comparisonId: 'k1',
  createdAt,
  prompt: 'Why?',
  left: side('m'),
  right: side('n'),
  outcome: 'left',
  judge: { kind: 'person' },
});
