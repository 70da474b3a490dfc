/** The library of documents with its store and its workers: apart, because none of it is part of the first load. */
import { ReadingClient } from '../documents/reading/reading-client';
import { SearchClient } from '../documents/search/search-client';
import { IndexByPlace } from '../retrievers/index-by-place';
import type { BackendStore } from '../state/backend-store.svelte';
import { DocumentLibrary } from '../state/documents/document-library.svelte';
import { embeddingTokenizer } from '../state/embedding-tokenizer';
import type { ModelLibrary } from '../state/model-library.svelte';
import type { Notices } from '../state/notices.svelte';
import type { SwitchyardDatabase } from '../storage/database';
import { DocumentStore } from '../storage/document-store';
import { OriginalFiles } from '../storage/original-files';

interface DocumentParts {
  readonly backends: BackendStore;
  readonly models: ModelLibrary;
  readonly notices: Notices;
}

export function createDocuments(
  database: SwitchyardDatabase,
  { backends, models, notices }: DocumentParts,
): DocumentLibrary {
  return new DocumentLibrary({
    store: new DocumentStore(database),
    originals: new OriginalFiles(),
    reader: new ReadingClient(),
    createIndex: (onLost, collection) => new IndexByPlace(new SearchClient(onLost), collection),
    tokenizerOf: (choice, signal) => embeddingTokenizer(models, choice, signal),
    backends,
    notices,
  });
}
