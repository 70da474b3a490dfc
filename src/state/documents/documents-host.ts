/** What the library of documents needs from the rest of the page. */
import type { EmbeddingChoice } from '../../core/document';
import type { TokenizerFile } from '../../documents/chunking/token-counter';
import type { ReadingClient } from '../../documents/reading/reading-client';
import type { SearchClient } from '../../documents/search/search-client';
import type { DocumentStore } from '../../storage/document-store';
import type { OriginalFiles } from '../../storage/original-files';
import type { BackendStore } from '../backend-store.svelte';
import type { Notices } from '../notices.svelte';

/** The indexes, in a worker; they are lost with the page. */
export type PassageIndex = Pick<SearchClient, 'add' | 'setVectors' | 'remove' | 'drop' | 'search'>;

export interface DocumentsHost {
  readonly store: DocumentStore;
  readonly originals: OriginalFiles;
  readonly reader: Pick<ReadingClient, 'readAndSplit'>;
  /** @param onLost called when the worker broke, and all that was in it is gone */
  readonly createIndex: (onLost: () => void) => PassageIndex;
  /** Of the model of a collection; undefined where nobody has it: tokens are estimated then. */
  readonly tokenizerOf: (choice: EmbeddingChoice, signal: AbortSignal) => Promise<TokenizerFile | undefined>;
  readonly backends: Pick<BackendStore, 'entries' | 'entry' | 'backend' | 'facts' | 'refresh'>;
  readonly notices: Notices;
}
