/** Searches a collection of this page: by words always, by meaning where its model makes a vector of the question. */
import { BackendError } from '../../core/backend-error';
import type { Collection } from '../../core/document';
import type { Passage, RetrievalQuery, Retriever } from '../../core/retrieval';
import type { SearchQuery } from '../../documents/search/search-protocol';
import type { DocumentRows } from './document-rows';
import type { PassageIndex } from './documents-host';
import type { Embedder } from './embedder';
import type { IndexFeed } from './index-feed';

export interface RetrieverSources {
  readonly rows: DocumentRows;
  readonly index: PassageIndex;
  readonly feed: IndexFeed;
  readonly embedder: Embedder;
  collection(): Collection | undefined;
}

/** One per answer: the notices are of its last search. */
export class LocalRetriever implements Retriever {
  /** What a person should know of the last search, for example that it went by words alone. */
  lastNotices: readonly string[] = [];
  lastRemarks: readonly string[] = [];
  lastUnfit: readonly Passage[] = [];
  readonly #collectionId: string;
  readonly #sources: RetrieverSources;

  constructor(collectionId: string, sources: RetrieverSources) {
    this.#collectionId = collectionId;
    this.#sources = sources;
  }

  async search(query: RetrievalQuery, signal: AbortSignal): Promise<readonly Passage[]> {
    const notices: string[] = [];
    this.lastNotices = notices;
    this.lastRemarks = [];
    this.lastUnfit = [];
    const collection = this.#sources.collection();
    if (!collection) throw new BackendError('bad-request', 'This collection was deleted.');
    const { feed, index } = this.#sources;
    const [vectors] = await Promise.all([
      this.#vectorsFor(query, collection, notices, signal),
      feed.bringUpToDate(collection.id),
    ]);
    this.#tellOfUnread(notices);
    const { text, settings, filter, longestPassage } = query;
    const { passages, unfit } = await index.search(
      collection.id,
      {
        text,
        // Meaning alone would find nothing without a vector.
        settings: vectors ? settings : { ...settings, denseWeight: 0 },
        ...vectors,
        ...(filter && { filter }),
        ...(longestPassage !== undefined && { longestPassage }),
      },
      signal,
    );
    this.lastUnfit = unfit;
    return passages;
  }

  async #vectorsFor(
    { text, settings }: RetrievalQuery,
    { name, embedding }: Collection,
    notices: string[],
    signal: AbortSignal,
  ): Promise<Pick<SearchQuery, 'vector' | 'unrelated'> | undefined> {
    if (settings.denseWeight === 0) return undefined;
    if (!embedding) {
      this.lastRemarks = [
        `“${name}” has no embedding model: it was searched for the words of the question alone.`,
      ];
      return undefined;
    }
    try {
      const { embedder } = this.#sources;
      const vector = new Float32Array(await embedder.embedQuestion(embedding, text, signal));
      const unrelated = await embedder.unrelated(embedding, signal);
      signal.throwIfAborted();
      return { vector, ...(unrelated && { unrelated }) };
    } catch (thrown) {
      signal.throwIfAborted();
      const { message } = BackendError.from(thrown);
      notices.push(`“${name}” was searched for the words of the question alone: ${message}`);
      return undefined;
    }
  }

  #tellOfUnread(notices: string[]): void {
    const items = this.#sources.rows.now(this.#collectionId);
    const unread = items.filter(({ state }) => state === 'waiting' || state === 'reading').length;
    const unmade = items.filter(({ state }) => state === 'embedding').length;
    if (unread > 0) notices.push(`${countOf(unread)} not read yet, and not searched.`);
    if (unmade > 0) notices.push(`${countOf(unmade)} found by words only until the vectors are made.`);
  }
}

function countOf(count: number): string {
  return count === 1 ? 'One document is' : `${count.toLocaleString()} documents are`;
}
