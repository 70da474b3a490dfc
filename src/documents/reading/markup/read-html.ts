/** Web pages that were saved, or fetched from an address. */
import type { DocumentText } from '../../../core/document';
import { declaredEncoding, decodeText } from '../decode-text';
import type { ReadRequest } from '../read-request';
import { TextBuilder } from '../text-builder';
import { unreadable } from '../unreadable';
import { readMarkup } from './markup-reader';

export function readHtml({ name, bytes }: ReadRequest): DocumentText {
  const { text, notices } = decodeText(name, bytes, declaredEncoding(bytes));
  const out = new TextBuilder();
  for (const notice of notices) out.notice(notice);
  readMarkup(text, out, { isXhtml: text.startsWith('<?xml'), keepsTitle: true });
  if (out.isEmpty) {
    throw unreadable(
      `${name} holds no text.`,
      'If a program in the page writes its text, copy that from the browser.',
    );
  }
  return out.finish();
}
