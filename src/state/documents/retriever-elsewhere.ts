/** What searches a collection that is not kept here; its code comes when it is first needed. */
import type { SearchAddress } from '../../core/document';
import { type Passage, type Retriever, usualRetrieval } from '../../core/retrieval';

export async function retrieverElsewhere(collectionId: string, source: SearchAddress): Promise<Retriever> {
  const { SearchAddressRetriever } = await import('../../retrievers/search-address/search-address-retriever');
  return new SearchAddressRetriever(collectionId, source);
}

export interface TriedSearch {
  readonly passages: readonly Passage[];
  /** What a person should know of the search. */
  readonly notices: readonly string[];
}

/** What such a search finds, before it is kept. @throws BackendError; the signal's reason */
export async function trySearch(
  source: SearchAddress,
  text: string,
  signal: AbortSignal,
): Promise<TriedSearch> {
  const retriever = await retrieverElsewhere('', source);
  const passages = await retriever.search({ text, settings: usualRetrieval }, signal);
  return { passages, notices: retriever.lastNotices ?? [] };
}
