/** What the library of documents needs from the rest of the page. */
import type { Collection, EmbeddingChoice } from '../../core/document';
import type { TokenizerFile } from '../../documents/chunking/token-counter';
import type { ReadingClient } from '../../documents/reading/reading-client';
import type { SearchClient } from '../../documents/search/search-client';
import type { KeptContent } from '../../retrievers/database/database-index';
import type { DocumentStore } from '../../storage/document-store';
import type { OriginalFiles } from '../../storage/original-files';
import type { BackendStore } from '../backend-store.svelte';
import type { Notices } from '../notices.svelte';

/** The indexes: in a worker, lost with the page, or in a database that outlives it. */
export interface PassageIndex extends Pick<
  SearchClient,
  'add' | 'setVectors' | 'remove' | 'drop' | 'search'
> {
  /** What it has of a collection before anything is added; absent where nothing outlives the page. */
  kept?(collectionId: string): Promise<ReadonlyMap<string, KeptContent>>;
}

export interface DocumentsHost {
  readonly store: DocumentStore;
  readonly originals: OriginalFiles;
  readonly reader: Pick<ReadingClient, 'readAndSplit' | 'splitAgain'>;
  /** Undefined where nobody has it, so that tokens are estimated. @throws the signal's reason */
  readonly tokenizerOf: (choice: EmbeddingChoice, signal: AbortSignal) => Promise<TokenizerFile | undefined>;
  /** @param onLost called when the worker broke, and all that was in it is gone */
  readonly createIndex: (
    onLost: () => void,
    collection: (id: string) => Collection | undefined,
  ) => PassageIndex;
  readonly backends: BackendStore;
  readonly notices: Notices;
}
