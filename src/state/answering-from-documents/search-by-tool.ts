/** The search that a model asks for by itself: numbered passages, quoted, to read and to cite. */
import type { AnswerMessage, StoredMessage } from '../../core/conversation';
import type { DocumentChoice } from '../../core/retrieval';
import { fitPassages, longestPassage } from '../../documents/prompt/fit-passages';
import { fenceRule, quotePassages } from '../../documents/prompt/quote-passages';
import { randomHex } from '../../platform/random-hex';
import type { FoundPassages } from '../../tools/tool-page';
import type { ChatSessionHost } from '../chat-session-host';
import { likelyWindow } from '../likely-window';
import { searchCollections } from './search-collections';

export interface ToolSearch {
  readonly query: string;
  /** Number of the first passage. */
  readonly from: number;
  /** The one that called the tool. */
  readonly answer: AnswerMessage;
  readonly branch: readonly StoredMessage[];
  /** All collections are searched where it names none. */
  readonly documents: DocumentChoice;
}

/** Of the window: a model that calls a tool may call it again. */
const share = 1 / 4;
/** Tokens, where nobody tells the window. */
const assumedWindow = 4096;

/** @throws BackendError where nothing could be searched; the signal's reason once it is aborted */
export async function searchByTool(
  { backends, documents: open }: Pick<ChatSessionHost, 'backends' | 'documents'>,
  { query, from, answer, branch, documents }: ToolSearch,
  signal: AbortSignal,
): Promise<FoundPassages> {
  const source = await open?.();
  await source?.open();
  if (!source) throw new Error('There are no documents here.');
  const { collectionIds, settings, filter } = documents;
  const ids = collectionIds.length > 0 ? collectionIds : source.collections.map(({ id }) => id);
  const window = answer.contextLength ?? likelyWindow(answer, branch, backends) ?? assumedWindow;
  const room = Math.floor(window * share);
  const longest = longestPassage(room, settings.passages);
  const asked = { text: query, settings, longestPassage: longest, ...(filter && { filter }) };
  const found = await searchCollections(source, ids, asked, signal);
  const { passages } = fitPassages(found.passages.slice(0, settings.passages), room);
  const notices = found.notices.map((notice) => `\n(${notice})`).join('');
  if (passages.length === 0) return { text: `Nothing was found in the documents.${notices}`, passages };
  const mark = randomHex(8);
  return { text: `${quotePassages(passages, { mark, from })}\n\n${fenceRule(mark)}${notices}`, passages };
}
