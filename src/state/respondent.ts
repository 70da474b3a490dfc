/** Who answers the next message of a conversation, and with what: the page's choice, or that of a compare lane. */
import type { SystemPrompt } from '../core/conversation';
import type { Params } from '../core/params';
import type { DocumentChoice } from '../core/retrieval';
import type { Selection } from './setting-values';

export interface Respondent {
  /** Null while there is no model. */
  readonly choice: Selection | null;
  readonly params: Params;
  /** Absent where none is to be sent. */
  readonly systemPrompt: SystemPrompt | undefined;
  /** Absent where each conversation has a choice of its own. */
  readonly documents?: DocumentChoice;
  /** Lasting, like everything a person sets. */
  changeParams(change: Params): void;
  /** @throws BackendError where the model cannot be had; the earlier one then stays */
  select(choice: Selection, signal: AbortSignal): Promise<void>;
}
