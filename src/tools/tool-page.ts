/** What tools are handed of the page, for they know nothing of it themselves. */
import type { Passage } from '../core/retrieval';

/** For the model to read, and passages that its answer may cite. */
export interface FoundPassages {
  readonly text: string;
  /** In the order of their numbers. */
  readonly passages: readonly Passage[];
}

export interface ToolPage {
  /** Absent where there are no documents. @throws BackendError where none can be searched */
  readonly searchDocuments?: (query: string, signal: AbortSignal) => Promise<FoundPassages>;
}
