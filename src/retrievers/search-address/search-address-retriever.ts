/** Searches a collection that is elsewhere: the question goes there, and what it answers are the passages. */
import type { SearchAddress } from '../../core/document';
import type { Passage, RetrievalQuery, Retriever } from '../../core/retrieval';
import { askSearch } from './ask-search';
import { readResults } from './read-results';

/** One per answer: the notices are of its last search. */
export class SearchAddressRetriever implements Retriever {
  lastNotices: readonly string[] = [];
  readonly #collectionId: string;
  readonly #address: SearchAddress;

  constructor(collectionId: string, address: SearchAddress) {
    this.#collectionId = collectionId;
    this.#address = address;
  }

  async search({ text, settings, filter }: RetrievalQuery, signal: AbortSignal): Promise<readonly Passage[]> {
    const { label } = this.#address;
    const notices: string[] = [];
    this.lastNotices = notices;
    const answer = await askSearch(this.#address, text, settings.passages, signal);
    const { passages, without } = readResults(answer, this.#address, this.#collectionId);
    const left = without === 1 ? 'One result' : `${without} results`;
    if (without > 0) notices.push(`${left} of ${label} came without a text, and cannot be used.`);
    if (filter)
      notices.push(`${label} was searched as a whole: it knows nothing of the chosen files and dates.`);
    return passages.slice(0, settings.passages);
  }
}
