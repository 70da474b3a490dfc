/** The index in the page keeps the contract of all indexes of passages. */
import { CollectionIndexes } from '../../src/documents/search/collection-indexes';
import { passageIndexContract, type TestedIndex } from './support/passage-index-contract';

/** Without the worker around it, which a browser test has. */
async function indexOfThePage(): Promise<TestedIndex> {
  const indexes = new CollectionIndexes();
  await indexes.run({ type: 'add', collectionId: 'things', documents: [] });
  return {
    add: async (collectionId, documents) =>
      void (await indexes.run({ type: 'add', collectionId, documents })),
    setVectors: async (collectionId, documentId, vectors) =>
      void (await indexes.run({ type: 'set-vectors', collectionId, documentId, vectors })),
    remove: async (collectionId, documentId) =>
      void (await indexes.run({ type: 'remove', collectionId, documentId })),
    drop: async (collectionId) => void (await indexes.run({ type: 'drop', collectionId })),
    search: async (collectionId, query) => (await indexes.run({ type: 'search', collectionId, query })) ?? [],
  };
}

passageIndexContract(indexOfThePage);
