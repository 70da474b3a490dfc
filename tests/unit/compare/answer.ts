/** An answer that is complete, for tests to change. */
import type { AnswerMessage } from '../../../src/core/conversation';
import { type RetrievalReport, usualRetrieval } from '../../../src/core/retrieval';

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

/** With every field that a report can have. */
export const retrieval: Required<RetrievalReport> = {
  collectionIds: ['recipes'],
  question: 'And how long?',
  rewritten: 'How long does the soup boil?',
  settings: { ...usualRetrieval, keepsUnfit: true, readsLong: true },
  filter: { documentIds: ['soup'], from: 1, until: 2 },
  passages: [
    {
      collectionId: 'recipes',
      documentId: 'soup',
      documentName: 'soup.pdf',
      url: 'https://example.org/soup.pdf',
      start: 10,
      end: 31,
      page: 2,
      headings: ['Soup'],
      text: 'Boil it for an hour.',
      scores: { keyword: 3.5, dense: 0.8, fused: 0.9, reranked: 9 },
    },
  ],
  leftOut: [],
  unfit: [],
  budget: { tokens: 900, isEstimated: true, readsPerSecond: 9 },
  prompt: 'From these passages: … Question: And how long?',
  searchMs: 3,
  notices: ['Searched by words alone.'],
  remarks: ['“Recipes” has no embedding model.'],
};
