/** The index in the page keeps the contract of all indexes of passages. */
import { CollectionIndexes } from '../../src/documents/search/collection-indexes';
import type { SearchJob } from '../../src/documents/search/search-protocol';
import { passageIndexContract, type TestedIndex } from './support/passage-index-contract';

/** Without the worker around it, which a browser test has. */
async function indexOfThePage(): Promise<TestedIndex> {
  const indexes = new CollectionIndexes();
  const run = async (job: SearchJob): Promise<void> => {
    await indexes.run(job);
  };
  await run({ type: 'add', collectionId: 'things', documents: [] });
  return {
    add: (collectionId, documents) => run({ type: 'add', collectionId, documents }),
    setVectors: (collectionId, documentId, vectors) =>
      run({ type: 'set-vectors', collectionId, documentId, vectors }),
    remove: (collectionId, documentId) => run({ type: 'remove', collectionId, documentId }),
    drop: (collectionId) => run({ type: 'drop', collectionId }),
    search: async (collectionId, query) =>
      (await indexes.run({ type: 'search', collectionId, query })) ?? { passages: [], unfit: [] },
  };
}

passageIndexContract(indexOfThePage);
