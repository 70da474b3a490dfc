/** Bytes of a file to its text. Each kind's parser is loaded with the first file of that kind. */
import type { DocumentKind, DocumentText } from '../../core/document';
import { requireReadableSize } from './file-limit';
import type { OnReadProgress, ReadKind, ReadRequest } from './read-request';

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
