/** What answers need of the documents that are kept here. */
import type { Collection, DocumentText, StoredDocument } from '../../core/document';
import type { Retriever } from '../../core/retrieval';

export interface DocumentSource {
  /** By name. */
  readonly collections: readonly Collection[];
  documentsOf(collectionId: string): readonly Pick<StoredDocument, 'id' | 'name' | 'path' | 'state'>[];
  /** Undefined where it is not kept here (any more). */
  document(id: string): StoredDocument | undefined;
  /** @throws BackendError where it was not read (yet) */
  text(documentId: string): Promise<DocumentText>;
  /** As it was added; undefined where this browser could not keep it. */
  original(documentId: string): Promise<File | undefined>;
  /** Reads what is kept; further calls do nothing. */
  open(): Promise<void>;
  /** @throws BackendError where there is no such collection (any more) */
  retriever(collectionId: string): Promise<Retriever>;
}
