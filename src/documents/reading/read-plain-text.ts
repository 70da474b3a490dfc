/** Plain text: what stands between empty lines is a paragraph. */
import type { Block, DocumentText } from '../../core/document';
import { decodeText } from './decode-text';
import type { ReadRequest } from './read-document';

/** From the first character that is not blank to the last one before an empty line. */
const paragraph = /\S(?:[^\n]|\n(?![^\S\n]*(?:\n|$)))*/g;

export function readPlainText({ name, bytes }: ReadRequest): DocumentText {
  const { text, notices } = decodeText(name, bytes);
  return { text, blocks: paragraphsOf(text), notices };
}

/** @returns in order; the text at their offsets has no blank ends */
export function paragraphsOf(text: string): Block[] {
  return Array.from(text.matchAll(paragraph), ({ 0: found, index }): Block => {
    return { kind: 'paragraph', start: index, end: index + found.trimEnd().length };
  });
}
