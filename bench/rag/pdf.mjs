/** A PDF of 300 pages, made here, dropped on the documents screen: how long until its words are found. */
/* global DataTransfer */
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { root } from '../../scripts/shared/root.mjs';
import { measureAdding, partOf } from './documents-screen.mjs';

const pages = 300;
const linesPerPage = 40;

/**
 * @param {import('../rag.mjs').Order} order
 * @returns {Promise<import('../rag.mjs').Part>}
 */
export async function measurePdf({ rounds }) {
  /** @type {{ module: typeof import('../../tests/support/documents/write-pdf') }} */
  const { module: maker } = await runnerImport(join(root, 'tests', 'support', 'documents', 'write-pdf.ts'));
  const bytes = maker.writePdf(
    Array.from({ length: pages }, (_, page) =>
      maker.pdfPage(
        `# Chapter ${page}`,
        ...Array.from(
          { length: linesPerPage },
          (_, line) => `Line ${line} of page ${page} tells of thing ${line * page}.`,
        ),
      ),
    ),
  );
  const base64 = Buffer.from(bytes).toString('base64');
  const outcomes = await measureAdding(
    rounds,
    (page) =>
      page.evaluateHandle((content) => {
        const transfer = new DataTransfer();
        const file = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
        transfer.items.add(new File([file], 'long.pdf'));
        return transfer;
      }, base64),
    { count: 1, words: 'thing 11661' },
  );
  return partOf(`PDF of ${pages} pages`, outcomes);
}
