/** One XML entry of a container, as a stream of tags and words. */
import { Parser } from 'htmlparser2';
import { declaredEncoding } from '../decode-text';
import { utf16Guess } from '../utf16-guess';
import { unreadable } from '../unreadable';
import type { TextBuilder } from '../text-builder';
import type { UnpackedParts } from './unpack-parts';

export type Attributes = Readonly<Record<string, string>>;

export interface XmlHandler {
  open(name: string, attributes: Attributes): void;
  close?(name: string): void;
  text?(text: string): void;
}

/** Names keep their prefix. What is missing or cut ends early, without an error. */
export function readXml(part: Uint8Array | undefined, handler: XmlHandler): void {
  if (!part) return;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => handler.open(name, attributes),
      onclosetag: (name) => handler.close?.(name),
      ontext: (text) => handler.text?.(text),
    },
    { xmlMode: true },
  );
  parser.end(partText(part));
}

export function partText(part: Uint8Array): string {
  const encoding = utf16Guess(part) ?? declaredEncoding(part) ?? 'utf-8';
  try {
    return new TextDecoder(encoding).decode(part);
  } catch {
    return new TextDecoder().decode(part);
  }
}

/** @throws BackendError `unreadable-document` */
export function requirePart(
  { parts, isCut }: UnpackedParts,
  path: string,
  name: string,
  what: string,
): Uint8Array {
  const part = parts.get(path);
  if (part) return part;
  if (isCut) throw unreadable(`${name} is cut or damaged: its text is missing.`, 'Get the file again.');
  throw unreadable(`${name} is no ${what}: it lacks ${path}.`);
}

/** Tells what a cut container means. @throws BackendError `unreadable-document` where nothing was found */
export function finishParts(out: TextBuilder, { isCut }: UnpackedParts, name: string): void {
  if (out.isEmpty) {
    if (isCut)
      throw unreadable(`${name} is cut or damaged: none of its text could be read.`, 'Get the file again.');
    throw unreadable(
      `There is no text in ${name}.`,
      'If it holds pictures of text, recognise that first (OCR).',
    );
  }
  if (isCut) out.notice('The file is cut or damaged. What could be read of it is here.');
}
