/** Kinds, states and facts of documents as people read them. */
import type { DocumentKind, DocumentState, StoredDocument } from '../../core/document';
import { formatBytes } from '../shared/format';

/** Short enough for the little sheet that stands before a name. */
export const kindSigns: Readonly<Record<DocumentKind, string>> = {
  pdf: 'PDF',
  docx: 'DOC',
  odt: 'ODT',
  epub: 'EPUB',
  html: 'HTML',
  markdown: 'MD',
  text: 'TXT',
  csv: 'CSV',
  code: '</>',
};

export const stateWords: Readonly<Record<DocumentState, string>> = {
  waiting: 'Waiting',
  reading: 'Reading',
  embedding: 'Making vectors',
  ready: 'Ready',
  failed: 'Failed',
};

/** `12 pages · 340 KB`; what is not known is left out. */
export function documentFacts({ pageCount, bytes, chunkCount }: StoredDocument): string {
  return [
    pageCount === undefined ? undefined : counted(pageCount, 'page'),
    formatBytes(bytes),
    chunkCount === undefined ? undefined : counted(chunkCount, 'passage'),
  ]
    .filter((fact) => fact !== undefined)
    .join(' · ');
}

/** @param noun in the singular, with a plural in -s */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : `${noun}s`}`;
}
