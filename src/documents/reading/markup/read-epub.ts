/** Electronic books (EPUB 2 and 3): the chapters in reading order, each a page. */
import type { DocumentText } from '../../../core/document';
import type { OnReadProgress, ReadRequest } from '../read-request';
import { TextBuilder } from '../text-builder';
import { unreadable } from '../unreadable';
import { unpackParts } from '../zip/unpack-parts';
import { finishParts, partText, readXml, requirePart } from '../zip/xml-part';
import { readMarkup } from './markup-reader';

const container = 'META-INF/container.xml';
const encryption = 'META-INF/encryption.xml';
/** Pictures, fonts, sound and style are left packed. */
const wanted = /\.(xhtml|html?|xml|opf)$/i;

export function readEpub(
  { name, bytes }: ReadRequest,
  onProgress: OnReadProgress,
  signal: AbortSignal,
): DocumentText {
  const unpacked = unpackParts(name, bytes, (path) => wanted.test(path));
  const packagePath = rootOf(requirePart(unpacked, container, name, 'EPUB'));
  const chapters = spineOf(requirePart(unpacked, packagePath, name, 'EPUB'), packagePath);
  const locked = encryptedIn(unpacked.parts.get(encryption));
  if (chapters.some((path) => locked.has(path))) {
    throw unreadable(
      `${name} is encrypted (copy protection).`,
      'Add a copy without protection, if you may have one.',
    );
  }
  const out = new TextBuilder();
  const missing: string[] = [];
  for (const [index, path] of chapters.entries()) {
    signal.throwIfAborted();
    const part = unpacked.parts.get(path);
    out.startPage();
    if (part) readMarkup(partText(part), out, { isXhtml: true, keepsTitle: false });
    else missing.push(path);
    onProgress(index + 1, chapters.length);
  }
  finishParts(out, unpacked, name);
  if (missing.length > 0) out.notice(`Missing in the file: ${missing.join(', ')}.`);
  return out.finish();
}

function rootOf(part: Uint8Array): string {
  let path = '';
  readXml(part, {
    open: (name, attributes) => {
      if (localOf(name) === 'rootfile' && path === '') path = attributes['full-path'] ?? '';
    },
  });
  return path;
}

/** Paths of the chapters in reading order. */
function spineOf(part: Uint8Array, packagePath: string): readonly string[] {
  const paths = new Map<string, string>();
  const spine: string[] = [];
  readXml(part, {
    open: (tag, attributes) => {
      const name = localOf(tag);
      if (name === 'item') paths.set(attributes.id ?? '', resolve(packagePath, attributes.href ?? ''));
      else if (name === 'itemref') spine.push(attributes.idref ?? '');
    },
  });
  return spine.flatMap((id) => paths.get(id) ?? []);
}

/** Fonts are often scrambled, which is none of our business. */
function encryptedIn(part: Uint8Array | undefined): ReadonlySet<string> {
  const paths = new Set<string>();
  readXml(part, {
    open: (name, attributes) => {
      if (localOf(name) === 'CipherReference') paths.add(resolve('', attributes.URI ?? ''));
    },
  });
  return paths;
}

function localOf(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** @returns the path in the container; addresses in a book are relative to the file they stand in */
function resolve(from: string, href: string): string {
  try {
    return decodeURIComponent(new URL(href, `epub:/${from}`).pathname.slice(1));
  } catch {
    return href;
  }
}
