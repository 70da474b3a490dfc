/** The index of each collection: that of the page, or the database that the collection names. */
import type { Collection } from '../core/document';
import { vectorModel } from '../core/document';
import type { IndexedDocument } from '../documents/search/indexed-document';
import type { SearchClient } from '../documents/search/search-client';
import type { FoundPassages, SearchQuery } from '../documents/search/search-protocol';
import { DatabaseIndex, type KeptContent } from './database/database-index';

export class IndexByPlace {
  readonly #here: SearchClient;
  readonly #collection: (id: string) => Collection | undefined;
  /** By the relay's id. */
  readonly #databases = new Map<string, DatabaseIndex>();

  constructor(here: SearchClient, collection: (id: string) => Collection | undefined) {
    this.#here = here;
    this.#collection = collection;
  }

  async kept(collectionId: string): Promise<ReadonlyMap<string, KeptContent>> {
    const index = this.#of(collectionId);
    return index instanceof DatabaseIndex ? index.kept(collectionId) : new Map();
  }

  add(collectionId: string, documents: readonly IndexedDocument[]): Promise<void> {
    return this.#of(collectionId).add(collectionId, documents);
  }

  setVectors(collectionId: string, documentId: string, vectors: Float32Array<ArrayBuffer>): Promise<void> {
    return this.#of(collectionId).setVectors(collectionId, documentId, vectors);
  }

  remove(collectionId: string, documentId: string): Promise<void> {
    return this.#of(collectionId).remove(collectionId, documentId);
  }

  async drop(collectionId: string): Promise<void> {
    // Nothing was put in.
    if (this.#collection(collectionId)?.database?.isReadOnly) return;
    return this.#of(collectionId).drop(collectionId);
  }

  search(collectionId: string, query: SearchQuery, signal: AbortSignal): Promise<FoundPassages> {
    return this.#of(collectionId).search(collectionId, query, signal);
  }

  #of(collectionId: string): SearchClient | DatabaseIndex {
    const place = this.#collection(collectionId)?.database;
    if (!place) return this.#here;
    const known = this.#databases.get(place.id);
    if (known) return known;
    const index = new DatabaseIndex(place, (id) => {
      const embedding = this.#collection(id)?.embedding;
      return embedding && vectorModel(embedding);
    });
    this.#databases.set(place.id, index);
    return index;
  }
}
