/** Plain text: what stands between empty lines is a paragraph. */
import type { Block, DocumentText } from '../../core/document';
import { decodeText } from './decode-text';
import type { ReadRequest } from './read-request';

export function readPlainText({ name, bytes }: ReadRequest): DocumentText {
  const { text, notices } = decodeText(name, bytes);
  return { text, blocks: paragraphsOf(text), notices };
}

/** @returns in order; the text at their offsets has no blank ends */
export function paragraphsOf(text: string): Block[] {
  const blocks: Block[] = [];
  let start: number | undefined;
  let end = 0;
  for (let from = 0; from < text.length;) {
    const lineEnd = text.indexOf('\n', from);
    const next = lineEnd < 0 ? text.length : lineEnd + 1;
    const line = text.slice(from, next);
    const content = line.trim();
    if (content !== '') {
      const at = from + line.indexOf(content);
      start ??= at;
      end = at + content.length;
    } else if (start !== undefined) {
      blocks.push({ kind: 'paragraph', start, end });
      start = undefined;
    }
    from = next;
  }
  if (start !== undefined) blocks.push({ kind: 'paragraph', start, end });
  return blocks;
}
