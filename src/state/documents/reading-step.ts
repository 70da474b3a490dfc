/** One document from its file to what can be found by words; its row and its text are written together at the end. */
import { BackendError } from '../../core/backend-error';
import type { Collection, ReadDocument, StoredDocument } from '../../core/document';
import { chunkRequest, withChunks } from './counted-chunks';
import type { DocumentRows } from './document-rows';
import type { DocumentsHost } from './documents-host';

export interface ReadingSources extends Pick<
  DocumentsHost,
  'store' | 'originals' | 'reader' | 'tokenizerOf' | 'notices'
> {
  readonly rows: DocumentRows;
  collection(id: string): Collection | undefined;
}

/** @returns the document as it was read; undefined where it failed, was stopped or deleted meanwhile */
export async function readOne(
  document: StoredDocument,
  sources: ReadingSources,
  signal: AbortSignal,
): Promise<StoredDocument | undefined> {
  const { rows, store } = sources;
  const { held } = rows;
  const { id } = document;
  rows.put({ ...document, state: 'reading', progress: 0 });
  try {
    const file = await fileOf(document, sources);
    const onProgress = (done: number, total: number): void => rows.setProgress(id, done / total);
    const embedding = sources.collection(document.collectionId)?.embedding;
    const chunks = await chunkRequest(embedding, sources, signal);
    const read = await sources.reader.readAndSplit(file, document.kind, chunks, onProgress, signal);
    const hasModel = embedding !== undefined;
    const finished = withChunks(finishedDocument(document, read, hasModel), read, chunks);
    signal.throwIfAborted();
    if (!(await store.finishReading(finished, read, held.has(id)))) {
      await showKept(id, sources);
      return undefined;
    }
    held.delete(id);
    rows.put(finished);
    return finished;
  } catch (thrown) {
    // Who stops it says what becomes of it.
    if (!signal.aborted) await fail(document, BackendError.from(thrown), sources);
    return undefined;
  }
}

function finishedDocument(document: StoredDocument, read: ReadDocument, hasModel: boolean): StoredDocument {
  const { document: text, chunks, language } = read;
  return {
    ...document,
    state: hasModel && chunks.length > 0 ? 'embedding' : 'ready',
    ...(text.pages && { pageCount: text.pages.length }),
    ...(language !== undefined && { language }),
    ...(text.notices.length > 0 && { notices: text.notices }),
  };
}

async function fileOf(
  document: StoredDocument,
  { originals, rows: { held } }: ReadingSources,
): Promise<File> {
  const file = held.get(document.id) ?? (await originals.read(document));
  if (!file) {
    throw new BackendError('internal', 'The file is no longer kept in this browser.', {
      hint: 'Add it again.',
    });
  }
  const { name, modifiedAt: lastModified } = document;
  return new File([file], name, lastModified === undefined ? {} : { lastModified });
}

/** It was deleted or changed by another tab. */
async function showKept(id: string, { store, rows }: ReadingSources): Promise<void> {
  rows.held.delete(id);
  const kept = await store.readDocument(id);
  if (kept) rows.put(kept);
  else rows.remove(id);
}

async function fail(
  document: StoredDocument,
  thrown: BackendError,
  { rows, store, notices }: ReadingSources,
): Promise<void> {
  const error = thrown.code === 'storage-full' ? noRoom(thrown) : thrown;
  const failed: StoredDocument = { ...document, state: 'failed', error: error.toPlain() };
  rows.put(failed);
  try {
    if (!rows.held.has(document.id)) await store.change(failed);
  } catch (second) {
    // The reason is on the screen; after a reload it is tried again.
    notices.failed(second);
  }
}

function noRoom(cause: BackendError): BackendError {
  const message = 'This browser has no space left for the text of this document.';
  const hint = 'All others are kept. Delete some or a model, or free disk space, then try again.';
  return new BackendError('storage-full', message, { hint }, cause);
}
