/** What a file is, by its first bytes, and by its name only where they leave it open. */
import type { DocumentKind } from '../../core/document';
import { asciiOf } from './ascii-of';
import { isCodeName } from './code-names';
import { looksBinary } from './looks-binary';
import { isZip, zipContentOf } from './zip/zip-content';

/** Bytes from the beginning of a file that are enough to tell. */
export const headBytes = 8192;

const textKinds: Readonly<Record<string, DocumentKind>> = {
  csv: 'csv',
  tsv: 'csv',
  htm: 'html',
  html: 'html',
  xhtml: 'html',
  markdown: 'markdown',
  md: 'markdown',
  mdown: 'markdown',
  mkd: 'markdown',
  qmd: 'markdown',
  rmd: 'markdown',
  adoc: 'text',
  asc: 'text',
  log: 'text',
  rst: 'text',
  srt: 'text',
  tex: 'text',
  text: 'text',
  txt: 'text',
  vtt: 'text',
};
const zipKinds: Readonly<Record<string, DocumentKind>> = {
  docx: 'docx',
  dotx: 'docx',
  odt: 'odt',
  ott: 'odt',
  epub: 'epub',
};

/**
 * @param name with or without folders
 * @param head the first `headBytes` of the file, or all of it
 * @returns undefined where it is nothing that can be read: see `whyRefused`
 */
export function identifyKind(name: string, head: Uint8Array): DocumentKind | undefined {
  const ending = endingOf(name);
  if (isPdf(head)) return 'pdf';
  if (isZip(head)) {
    const content = zipContentOf(head);
    return content === 'unknown' ? zipKinds[ending] : content === 'other' ? undefined : content;
  }
  if (looksBinary(head) || isRtf(head)) return undefined;
  const known = textKinds[ending];
  if (known) return known;
  if (isCodeName(baseOf(name), ending)) return 'code';
  return startsAsHtml(head) ? 'html' : 'text';
}

/** In lower case, without the dot; empty where there is none. */
export function endingOf(name: string): string {
  const base = baseOf(name);
  const dot = base.lastIndexOf('.');
  return dot < 0 ? '' : base.slice(dot + 1);
}

function baseOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).toLowerCase();
}

/** Readers accept a PDF that begins within the first kilobyte (ISO 32000-1, implementation notes of Acrobat). */
function isPdf(head: Uint8Array): boolean {
  return asciiOf(head.subarray(0, 1024)).includes('%PDF-');
}

export function isRtf(head: Uint8Array): boolean {
  return asciiOf(head.subarray(0, 5)) === '{\\rtf';
}

function startsAsHtml(head: Uint8Array): boolean {
  return /^\W{0,3}\s*(<\?xml[^>]*>\s*)?(<!--[^]*?-->\s*)*<(!doctype\s+html|html)\b/i.test(
    asciiOf(head.subarray(0, 2048)),
  );
}
