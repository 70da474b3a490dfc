/** The library of documents with its store and its workers: apart, because none of it is part of the first load. */
import { usualChunks } from '../documents/chunking/chunk-options';
import { guessLanguage } from '../documents/keywords/guess-language';
import { identifyKind } from '../documents/reading/identify-kind';
import { ReadingClient } from '../documents/reading/reading-client';
import { whyRefused } from '../documents/reading/why-refused';
import { SearchClient } from '../documents/search/search-client';
import type { BackendStore } from '../state/backend-store.svelte';
import { DocumentLibrary } from '../state/documents/document-library.svelte';
import type { DocumentReader } from '../state/documents/documents-host';
import type { Notices } from '../state/notices.svelte';
import type { SwitchyardDatabase } from '../storage/database';
import { DocumentStore } from '../storage/document-store';
import { OriginalFiles } from '../storage/original-files';

export function createDocuments(
  database: SwitchyardDatabase,
  backends: BackendStore,
  notices: Notices,
): DocumentLibrary {
  return new DocumentLibrary({
    store: new DocumentStore(database),
    originals: new OriginalFiles(),
    reader: createReader(),
    createIndex: (onLost) => new SearchClient(onLost),
    backends,
    notices,
  });
}

function createReader(): DocumentReader {
  const client = new ReadingClient();
  return {
    identify: identifyKind,
    whyRefused,
    read: async (file, kind, onProgress, signal) => {
      const read = await client.readAndSplit(file, kind, usualChunks, onProgress, signal);
      const language = guessLanguage(read.document.text);
      return { text: read.document, chunks: read.chunks, ...(language !== undefined && { language }) };
    },
  };
}
