/** What a server says its answer is from: a RAG server, or a model with a search of its own. Quoted and shown, never followed. */
import type { Passage } from './retrieval';

/** Source i is cited as [i + 1]. Each has at least an address, a title or a text. */
export interface ServerSource {
  readonly title?: string;
  readonly url?: string;
  /** What the answer was given of it. */
  readonly text?: string;
}

/** The same as passages, for what shows those. */
export function sourcePassages(sources: readonly ServerSource[]): readonly Passage[] {
  return sources.map(({ title, url, text = '' }, index) => ({
    collectionId: '',
    documentName: title ?? url ?? `Source ${index + 1}`,
    ...(url !== undefined && { url }),
    headings: [],
    text,
    scores: { fused: 1 / (index + 1) },
  }));
}
