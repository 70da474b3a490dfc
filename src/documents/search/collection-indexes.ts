/** The indexes of all collections, and what can be asked of them. */
import { BackendError } from '../../core/backend-error';
import { CollectionIndex } from './collection-index';
import type { FoundPassages, SearchJob } from './search-protocol';

export class CollectionIndexes {
  readonly #byId = new Map<string, CollectionIndex>();

  /** @returns passages for a search, nothing for the others. @throws BackendError */
  async run(job: SearchJob): Promise<FoundPassages | undefined> {
    const { collectionId } = job;
    const index = this.#byId.get(collectionId);
    switch (job.type) {
      case 'add': {
        const added = index ?? new CollectionIndex(collectionId);
        this.#byId.set(collectionId, added);
        for (const document of job.documents) await added.add(document);
        return undefined;
      }
      case 'set-vectors':
        await index?.setVectors(job.documentId, job.vectors);
        return undefined;
      case 'remove':
        index?.remove(job.documentId);
        return undefined;
      case 'drop':
        this.#byId.delete(collectionId);
        return undefined;
      case 'search':
        // An empty list would be taken for an answer.
        if (!index) throw new BackendError('internal', 'This collection has not been read in yet.');
        return index.search(job.query);
    }
  }
}
