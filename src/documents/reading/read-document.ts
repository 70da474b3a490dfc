/** Bytes of a file to its text. Each kind's parser is loaded with the first file of that kind. */
import type { DocumentKind, DocumentText } from '../../core/document';
import { requireReadableSize } from './file-limit';

export interface ReadRequest {
  /** Said in failures; its ending tells the separator of tables. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly kind: DocumentKind;
}

/** Pages or parts. @param total at least 1 */
export type OnReadProgress = (done: number, total: number) => void;

export type ReadKind = (
  request: ReadRequest,
  onProgress: OnReadProgress,
  signal: AbortSignal,
) => DocumentText | Promise<DocumentText>;

const readers: Readonly<Record<DocumentKind, () => Promise<ReadKind>>> = {
  pdf: async () => (await import('./pdf/read-pdf')).readPdf,
  docx: async () => (await import('./office/read-docx')).readDocx,
  odt: async () => (await import('./office/read-odt')).readOdt,
  epub: async () => (await import('./markup/read-epub')).readEpub,
  html: async () => (await import('./markup/read-html')).readHtml,
  markdown: async () => (await import('./read-markdown')).readMarkdown,
  text: async () => (await import('./read-plain-text')).readPlainText,
  csv: async () => (await import('./read-table')).readTable,
  code: async () => (await import('./read-code')).readCode,
};

/**
 * @returns text in which every block and page lies at its offsets
 * @throws BackendError `unreadable-document` with what is wrong with the file, or the signal's reason
 */
export async function readDocument(
  request: ReadRequest,
  onProgress: OnReadProgress,
  signal: AbortSignal,
): Promise<DocumentText> {
  signal.throwIfAborted();
  requireReadableSize(request.name, request.bytes.length);
  const read = await readers[request.kind]();
  signal.throwIfAborted();
  return read(request, onProgress, signal);
}
