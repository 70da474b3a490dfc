/** PDF (ISO 32000): the text of each page, as far as the file holds text. */
import type { PDFDocumentProxy } from 'pdfjs-dist/types/src/display/api';
import type { Block, DocumentText } from '../../../core/document';
import type { OnReadProgress, ReadRequest } from '../read-request';
import { unreadable } from '../unreadable';
import { headingLevels } from './heading-levels';
import { openPdf } from './open-pdf';
import { pagesTold } from './pages-told';
import { bullet } from './paragraph-break';
import { pageText, type PageParagraph, type PageText } from './pdf-text';

/** Undefined for a page that could not be read. */
type ReadPage = PageText | undefined;

const noText: PageText = { text: '', spans: [], paragraphs: [] };

export async function readPdf(
  { name, bytes }: ReadRequest,
  onProgress: OnReadProgress,
  signal: AbortSignal,
): Promise<DocumentText> {
  const pdf = await openPdf(name, bytes);
  try {
    const pages: ReadPage[] = [];
    for (let number = 1; number <= pdf.numPages; number++) {
      signal.throwIfAborted();
      pages.push(await readPage(pdf, number));
      onProgress(number, pdf.numPages);
    }
    return toDocument(name, pages);
  } finally {
    await pdf.loadingTask.destroy();
  }
}

async function readPage(pdf: PDFDocumentProxy, number: number): Promise<ReadPage> {
  try {
    const page = await pdf.getPage(number);
    const content = await page.getTextContent();
    page.cleanup();
    return pageText(content);
  } catch {
    return undefined;
  }
}

/** The text of a page stands in the document as `pageText` gave it, so that its spans hold there too. */
function toDocument(name: string, pages: readonly ReadPage[]): DocumentText {
  const broken = numbersOf(pages, (page) => page === undefined);
  const empty = numbersOf(pages, (page) => page?.text === '');
  requireText(name, pages.length, broken.length, empty.length);
  const levelOf = headingLevels(pages.flatMap((page) => page?.paragraphs ?? []));
  const parts: string[] = [];
  const blocks: Block[] = [];
  const starts: number[] = [];
  let length = 0;
  for (const { text, paragraphs } of pages.map((page) => page ?? noText)) {
    const gap = text === '' || length === 0 ? '' : '\n\n';
    const start = length + gap.length;
    starts.push(start);
    blocks.push(...paragraphs.map((paragraph) => toBlock(paragraph, start, levelOf(paragraph))));
    parts.push(gap, text);
    length = start + text.length;
  }
  return { text: parts.join(''), blocks, pages: starts, notices: noticesOf(empty, broken) };
}

function toBlock({ start, end, text }: PageParagraph, shift: number, level: number | undefined): Block {
  const place = { start: shift + start, end: shift + end };
  if (level !== undefined) return { kind: 'heading', ...place, level };
  return { kind: bullet.test(text) ? 'list-item' : 'paragraph', ...place };
}

function noticesOf(empty: readonly number[], broken: readonly number[]): readonly string[] {
  const notices: string[] = [];
  const holds = empty.length === 1 ? 'holds' : 'hold';
  if (empty.length > 0) notices.push(`${pagesTold(empty)} ${holds} no text (a scan?).`);
  if (broken.length > 0) notices.push(`${pagesTold(broken)} could not be read: the file is damaged there.`);
  return notices;
}

function requireText(name: string, all: number, broken: number, empty: number): void {
  if (broken === all)
    throw unreadable(`${name} is damaged: none of its pages could be read.`, 'Get the file again.');
  if (empty + broken < all) return;
  throw unreadable(
    `${name} holds no text on its ${all === 1 ? 'page' : `${all} pages`}: it seems to be a scan.`,
    'Recognise its text first (OCR), and add the file with the text in it.',
  );
}

function numbersOf(pages: readonly ReadPage[], is: (page: ReadPage) => boolean): readonly number[] {
  return pages.flatMap((page, index) => (is(page) ? [index + 1] : []));
}
