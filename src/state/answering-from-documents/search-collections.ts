/** Asks each chosen collection; what one cannot tell is said, and the others answer all the same. */
import { BackendError } from '../../core/backend-error';
import type { Passage, RetrievalQuery } from '../../core/retrieval';
import { mergeResults } from '../../documents/prompt/merge-results';
import type { DocumentSource } from './document-source';

export interface Found {
  /** Best first. */
  readonly passages: readonly Passage[];
  /** What was left out, because it has hardly anything to do with the question. */
  readonly unfit: readonly Passage[];
  /** What a person should know of the search. */
  readonly notices: readonly string[];
  /** The same of what holds of the collections and was known before. */
  readonly remarks: readonly string[];
}

interface FoundInOne extends Found {
  readonly hasFailed: boolean;
}

/** @throws BackendError where none of the collections could be asked; the signal's reason once it is aborted */
export async function searchCollections(
  source: DocumentSource,
  collectionIds: readonly string[],
  query: RetrievalQuery,
  signal: AbortSignal,
): Promise<Found> {
  await source.open();
  const results = await Promise.all(collectionIds.map((id) => searchOne(source, id, query, signal)));
  signal.throwIfAborted();
  if (results.length > 0 && results.every(({ hasFailed }) => hasFailed)) throw nothingSearched(results);
  return {
    passages: mergeResults(results.map(({ passages }) => passages)),
    unfit: mergeResults(results.map(({ unfit }) => unfit)),
    notices: results.flatMap(({ notices }) => notices),
    remarks: results.flatMap(({ remarks }) => remarks),
  };
}

async function searchOne(
  source: DocumentSource,
  id: string,
  query: RetrievalQuery,
  signal: AbortSignal,
): Promise<FoundInOne> {
  const collection = source.collections.find((one) => one.id === id);
  if (!collection)
    return {
      passages: [],
      unfit: [],
      remarks: [],
      notices: ['A collection that was chosen is not here any more: it was not searched.'],
      hasFailed: true,
    };
  const { name } = collection;
  try {
    const retriever = await source.retriever(id);
    const passages = await retriever.search(query, signal);
    const { lastNotices: notices = [], lastRemarks: remarks = [], lastUnfit: unfit = [] } = retriever;
    return { passages, unfit, notices, remarks, hasFailed: false };
  } catch (thrown) {
    const { message } = BackendError.from(thrown);
    return {
      passages: [],
      unfit: [],
      remarks: [],
      notices: [`“${name}” could not be searched: ${message}`],
      hasFailed: true,
    };
  }
}

/** Not by the code of a server that failed: whoever shows it would suspect the model's. */
function nothingSearched(results: readonly FoundInOne[]): BackendError {
  const why = results.flatMap(({ notices }) => notices).join(' ');
  return new BackendError('bad-request', `The documents could not be searched. ${why}`, {
    hint: 'Retry, or choose other collections under “Documents” beside the message.',
  });
}
