/** What is kept of one document: its row, its text, its file. */
import { BackendError } from '../../core/backend-error';
import type { DocumentText, StoredDocument } from '../../core/document';
import type { DocumentRows } from './document-rows';
import type { DocumentsHost } from './documents-host';

export class KeptContent {
  readonly #host: Pick<DocumentsHost, 'store' | 'originals'>;
  readonly #rows: DocumentRows;

  constructor(host: Pick<DocumentsHost, 'store' | 'originals'>, rows: DocumentRows) {
    this.#host = host;
    this.#rows = rows;
  }

  /** The file as it was added; undefined where this browser could not keep it. @throws BackendError */
  async original(documentId: string): Promise<File | undefined> {
    const document = await this.#row(documentId);
    const file = this.#rows.held.get(documentId) ?? (await this.#host.originals.read(document));
    return file && new File([file], document.name, { type: file.type });
  }

  /** @throws BackendError where it was not read (yet), or was removed */
  async text(documentId: string): Promise<DocumentText> {
    const document = await this.#row(documentId);
    const row = await this.#host.store.readText(documentId);
    if (row) return row.document;
    throw new BackendError('bad-request', `${document.name} has not been read yet.`);
  }

  async #row(documentId: string): Promise<StoredDocument> {
    const document = this.#rows.get(documentId) ?? (await this.#host.store.readDocument(documentId));
    if (document) return document;
    throw new BackendError('bad-request', 'This document was removed.');
  }
}
