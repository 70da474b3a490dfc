/** A passage as tests need it. */
import type { Passage } from '../../../../src/core/retrieval';

export function passage(text: string, change: Partial<Passage> = {}): Passage {
  return {
    collectionId: 'collection',
    documentId: 'document',
    documentName: 'notes.md',
    start: 0,
    end: text.length,
    headings: [],
    text,
    scores: { fused: 1 },
    ...change,
  };
}
