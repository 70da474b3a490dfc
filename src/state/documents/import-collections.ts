/**
 * The collections of an archive, under ids of their own: nothing that is here can be overwritten. Every part is checked
 * before it is kept, and all collections are kept or none.
 */
import { type Collection, type StoredDocument, vectorModel } from '../../core/document';
import { notImported } from '../../core/not-imported';
import { readCollectionFile, readDocumentFile } from '../../documents/kept/document-file';
import { requireReadableSize } from '../../documents/reading/file-limit';
import { hashFile } from '../../platform/hash-file';
import type { KeptDocument } from '../../storage/document-store';
import { newId } from '../new-id';
import { type ArchiveEntries, blobOf, textOf } from './archive-entries';
import { collectionEntry, documentEntry } from './collection-archive';
import type { DocumentsHost } from './documents-host';

export interface ImportedCollection {
  readonly collection: Collection;
  readonly documents: readonly StoredDocument[];
  /** By the id in the archive, which conversations of the archive name: the one that it has here. */
  readonly ids: ReadonlyMap<string, string>;
}

const collectionName = /^collections\/([^/]+)\.json$/;

/** @throws BackendError `bad-request` with what is wrong, `storage-full` */
export async function importCollections(
  entries: ArchiveEntries,
  host: Pick<DocumentsHost, 'store' | 'originals'>,
  signal: AbortSignal,
): Promise<readonly ImportedCollection[]> {
  const ids = [...entries.keys()].flatMap((name) => collectionName.exec(name)?.[1] ?? []);
  const imported: ImportedCollection[] = [];
  try {
    for (const id of ids) imported.push(await importCollection(id, entries, host, signal));
  } catch (thrown) {
    for (const { collection } of imported) await forgetCollection(collection.id, host);
    throw thrown;
  }
  return imported;
}

export async function forgetCollection(
  id: string,
  { store, originals }: Pick<DocumentsHost, 'store' | 'originals'>,
): Promise<void> {
  await store.deleteCollection(id);
  await originals.deleteCollection(id);
}

async function importCollection(
  id: string,
  entries: ArchiveEntries,
  { store, originals }: Pick<DocumentsHost, 'store' | 'originals'>,
  signal: AbortSignal,
): Promise<ImportedCollection> {
  const read = readCollectionFile(await textOf(entries, collectionEntry(id)));
  const collection: Collection = { ...read, id: newId() };
  const ids = new Map([[id, collection.id]]);
  const kept: (StoredDocument | KeptDocument)[] = [];
  try {
    for (const documentId of documentIds(entries, id)) {
      signal.throwIfAborted();
      const one = await importDocument({ collectionId: id, id: documentId }, entries, collection);
      if (!one) continue;
      const { document, original } = one;
      ids.set(documentId, document.id);
      if (original) await originals.write(document, original, signal);
      kept.push(one.kept ?? document);
    }
    await store.restore(collection, kept);
  } catch (thrown) {
    await originals.deleteCollection(collection.id);
    throw thrown;
  }
  const documents = kept.map((one) => ('document' in one ? one.document : one));
  return { collection, documents, ids };
}

interface ImportedDocument {
  readonly document: StoredDocument;
  /** Absent where it has to be read here. */
  readonly kept?: KeptDocument;
  readonly original?: Blob;
}

/** Undefined for one that was never read, and whose file is not there either. */
async function importDocument(
  name: { readonly collectionId: string; readonly id: string },
  entries: ArchiveEntries,
  collection: Collection,
): Promise<ImportedDocument | undefined> {
  const file = readDocumentFile(await textOf(entries, documentEntry(name, 'document.json')));
  const row: StoredDocument = { ...file.document, id: newId(), collectionId: collection.id };
  const original = await originalOf(row, await blobOf(entries, documentEntry(name, 'original')));
  const withFile = original && { original };
  if (!file.read) {
    if (row.state !== 'failed' && !original) return undefined;
    return { document: row.state === 'failed' ? row : { ...row, state: 'waiting' }, ...withFile };
  }
  const text = { ...file.read, documentId: row.id };
  const chunkCount = file.read.chunks.length;
  const model = collection.embedding && vectorModel(collection.embedding);
  const vectors =
    model !== undefined && file.vectorModel === model
      ? await vectorsOf(await blobOf(entries, documentEntry(name, 'vectors.f32')), chunkCount)
      : undefined;
  const needsVectors = model !== undefined && !vectors && chunkCount > 0 && !row.isKeywordsOnly;
  const document: StoredDocument = { ...row, chunkCount, state: needsVectors ? 'embedding' : 'ready' };
  const made = vectors && model !== undefined && { vectors: { documentId: row.id, model, vectors } };
  return { document, kept: { document, text, ...made }, ...withFile };
}

function documentIds(entries: ArchiveEntries, collectionId: string): string[] {
  const start = `documents/${collectionId}/`;
  const end = '/document.json';
  return [...entries.keys()]
    .filter((name) => name.startsWith(start) && name.endsWith(end))
    .map((name) => name.slice(start.length, -end.length));
}

async function originalOf(
  { name, sha256 }: StoredDocument,
  content: Blob | undefined,
): Promise<Blob | undefined> {
  if (!content) return undefined;
  requireReadableSize(name, content.size);
  if ((await hashFile(content)) === sha256) return content;
  throw notImported(`${name} in it is damaged.`);
}

/** Undefined where they are not those of the chunks, and have to be made. */
async function vectorsOf(
  content: Blob | undefined,
  count: number,
): Promise<Float32Array<ArrayBuffer> | undefined> {
  if (!content || count === 0 || content.size === 0 || content.size % (count * 4) !== 0) return undefined;
  const vectors = new Float32Array(await content.arrayBuffer());
  return vectors.every(Number.isFinite) ? vectors : undefined;
}
