/** What answers need of the documents that are kept here. */
import type { Collection, StoredDocument } from '../../core/document';
import type { Retriever } from '../../core/retrieval';

export interface DocumentSource {
  /** By name. */
  readonly collections: readonly Collection[];
  documentsOf(collectionId: string): readonly Pick<StoredDocument, 'id' | 'name' | 'state'>[];
  /** Reads what is kept; further calls do nothing. */
  open(): Promise<void>;
  /** @throws BackendError where there is no such collection (any more) */
  retriever(collectionId: string): Promise<Retriever>;
}
