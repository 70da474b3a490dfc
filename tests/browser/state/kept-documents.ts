/** Documents whose passages the test gives, in place of a library. */
import { untilAborted } from '../../support/until-aborted';
import { BackendError } from '../../../src/core/backend-error';
import type { Passage, RetrievalQuery } from '../../../src/core/retrieval';
import type { DocumentSource } from '../../../src/state/answering-from-documents/document-source';

export interface KeptDocuments {
  readonly source: DocumentSource;
  /** What was searched for, in order. */
  readonly queries: (RetrievalQuery & { readonly collectionId: string })[];
  /** By collection; one that is not here cannot be searched. */
  found: Readonly<Record<string, readonly Passage[]>>;
  /** What each of them leaves out. */
  unfit: readonly Passage[];
  /** Resolves before each search ends. */
  until: Promise<void>;
}

export function keptDocuments(found: KeptDocuments['found']): KeptDocuments {
  const collections = [...Object.keys(found), 'broken'].map((id) => ({
    id,
    name: id.toUpperCase(),
    createdAt: 1,
  }));
  const kept: KeptDocuments = {
    found,
    queries: [],
    unfit: [],
    until: Promise.resolve(),
    source: {
      collections,
      documentsOf: () => [],
      document: () => undefined,
      text: async () => ({ text: '', blocks: [], notices: [] }),
      original: async () => undefined,
      open: async () => undefined,
      retriever: async (collectionId) => ({
        lastUnfit: kept.unfit,
        search: async (query, signal) => {
          kept.queries.push({ ...query, collectionId });
          await Promise.race([kept.until, untilAborted(signal)]);
          signal.throwIfAborted();
          const passages = kept.found[collectionId];
          if (!passages) throw new BackendError('unreachable', 'Its server does not answer.');
          return passages.slice(0, query.settings.passages);
        },
      }),
    },
  };
  return kept;
}

export function passage(text: string, collectionId = 'recipes'): Passage {
  return {
    collectionId,
    documentId: 'soup',
    documentName: 'soup.pdf',
    start: 0,
    end: text.length,
    page: 2,
    headings: [],
    text,
    scores: { keyword: 2, fused: 1 },
  };
}
