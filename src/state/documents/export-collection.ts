/** A collection with its documents, their vectors and their files, as entries of an archive. */
import type { Collection, StoredDocument } from '../../core/document';
import type { DocumentFile } from '../../documents/kept/document-file';
import type { ArchiveEntry } from '../../platform/archive/write-archive';
import { without } from '../../platform/without';
import type { DocumentsHost } from './documents-host';
import { collectionEntry, documentEntry } from './collection-archive';

export async function* exportCollection(
  collection: Collection,
  documents: readonly StoredDocument[],
  host: Pick<DocumentsHost, 'store' | 'originals'>,
): AsyncGenerator<ArchiveEntry> {
  yield { name: collectionEntry(collection.id), content: jsonOf(collection) };
  for (const document of documents) yield* exportDocument(document, host);
}

async function* exportDocument(
  document: StoredDocument,
  { store, originals }: Pick<DocumentsHost, 'store' | 'originals'>,
): AsyncGenerator<ArchiveEntry> {
  const kept = await store.readKept(document);
  const file: DocumentFile = {
    document,
    ...(kept && { read: without(kept.text, 'documentId') }),
    ...(kept?.vectors && { vectorModel: kept.vectors.model }),
  };
  yield { name: documentEntry(document, 'document.json'), content: jsonOf(file) };
  if (kept?.vectors) {
    yield { name: documentEntry(document, 'vectors.f32'), content: new Blob([kept.vectors.vectors]) };
  }
  const original = await originals.read(document);
  if (original) yield { name: documentEntry(document, 'original'), content: original };
}

function jsonOf(value: Collection | DocumentFile): Blob {
  return new Blob([JSON.stringify(value)], { type: 'application/json' });
}
