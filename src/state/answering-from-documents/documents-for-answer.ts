/** Whether an answer is given from documents: searched for it, or those of an earlier answer that it belongs to. */
import type { AnswerMessage, StoredMessage } from '../../core/conversation';
import type { DocumentChoice, DocumentSearch, RetrievalReport } from '../../core/retrieval';
import type { AskAgain } from '../ask-again';

export interface DocumentsForAnswer {
  /** What is searched for it. */
  readonly search?: DocumentSearch;
  /** What was found before, and is sent once more as it was. */
  readonly retrieval?: RetrievalReport;
}

/**
 * @param branch up to the message that is answered
 * @param choice of the conversation or the lane
 */
export function documentsForAnswer(
  branch: readonly StoredMessage[],
  { search, replayed, earlier }: Pick<AskAgain, 'search' | 'replayed' | 'earlier'>,
  choice: DocumentChoice,
): DocumentsForAnswer {
  if (search) return { search };
  // A replay asks the same, and a text goes on from what it was begun with: with passages or without.
  const before = replayed ?? earlier ?? answerBeforeTools(branch);
  if (before) return before.retrieval ? { retrieval: before.retrieval } : {};
  return choice.collectionIds.length > 0 ? { search: choice } : {};
}

/** The answer to the same question that called the tools whose results stand last. */
function answerBeforeTools(branch: readonly StoredMessage[]): AnswerMessage | undefined {
  if (branch.at(-1)?.role !== 'tool') return undefined;
  return branch.findLast((message) => message.role === 'assistant');
}
