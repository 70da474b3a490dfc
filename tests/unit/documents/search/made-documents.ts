/** Documents for tests of searching: one chunk per line. */
import type { IndexedDocument } from '../../../../src/documents/search/indexed-document';

export function madeDocument(
  documentId: string,
  lines: readonly string[],
  more: Partial<IndexedDocument> = {},
): IndexedDocument {
  let start = 0;
  const chunks = lines.map((line) => {
    const chunk = { start, end: start + line.length, headings: [], tokens: line.split(' ').length };
    start += line.length + 1;
    return chunk;
  });
  return { documentId, name: `${documentId}.txt`, addedAt: 1000, text: lines.join('\n'), chunks, ...more };
}
