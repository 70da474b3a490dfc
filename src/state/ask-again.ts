/** How another answer to the same question is asked for. */
import type { AnswerMessage } from '../core/conversation';
import type { DocumentSearch } from '../core/retrieval';
import type { AnswersAs } from './respondent-of';

export interface AskAgain {
  /** The answer that is continued. */
  readonly earlier?: AnswerMessage;
  /** The answer that is asked for again, with the tools of then. */
  readonly replayed?: AnswerMessage;
  /** Documents are searched in this way, whatever the conversation has chosen. */
  readonly search?: DocumentSearch;
  /** Absent for whoever answers this conversation now. */
  readonly as?: AnswersAs;
}
