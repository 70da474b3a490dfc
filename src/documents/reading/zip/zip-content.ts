/** What kind of document a zip container is, from the entries that stand at its beginning. */
import type { DocumentKind } from '../../../core/document';
import { asciiOf } from '../ascii-of';

/** `other`: a container of something else. `unknown`: the entries seen so far do not tell. */
type ZipContent = Extract<DocumentKind, 'docx' | 'odt' | 'epub'> | 'other' | 'unknown';

/** Offsets in a local file header (APPNOTE.TXT of PKWARE, 4.3.7). */
const nameLengthAt = 26;
const extraLengthAt = 28;
const headerLength = 30;
const packedSizeAt = 18;

export function isZip(head: Uint8Array): boolean {
  return signatureAt(head, 0);
}

export function zipContentOf(head: Uint8Array): ZipContent {
  let isOffice = false;
  for (const { name, content } of entriesIn(head)) {
    if (name === 'mimetype') return ofMimeType(content);
    if (name.startsWith('word/')) return 'docx';
    if (/^(xl|ppt|visio)\//.test(name)) return 'other';
    isOffice ||= name === '[Content_Types].xml' || name.startsWith('_rels/') || name.startsWith('docProps/');
    // Some writers of EPUB forget the entry that should come first.
    if (name.startsWith('META-INF/container.xml') || /^(OEBPS|OPS|EPUB)\//.test(name)) return 'epub';
    if (!isOffice && !name.startsWith('META-INF/')) return 'unknown';
  }
  return 'unknown';
}

/** The entry `mimetype` is stored as it is, by both specifications. */
function ofMimeType(content: string): ZipContent {
  if (content.startsWith('application/epub+zip')) return 'epub';
  return content.startsWith('application/vnd.oasis.opendocument.text') ? 'odt' : 'other';
}

function* entriesIn(head: Uint8Array): Generator<{ name: string; content: string }> {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  for (let at = 0; at + headerLength < head.length; at++) {
    // Where the sizes stand behind the data, the next header is found by its signature.
    if (!signatureAt(head, at)) continue;
    const nameEnd = at + headerLength + view.getUint16(at + nameLengthAt, true);
    const start = nameEnd + view.getUint16(at + extraLengthAt, true);
    const end = start + Math.min(view.getUint32(at + packedSizeAt, true), 200);
    yield {
      name: asciiOf(head.subarray(at + headerLength, nameEnd)),
      content: asciiOf(head.subarray(start, end)),
    };
  }
}

function signatureAt(head: Uint8Array, at: number): boolean {
  return head[at] === 0x50 && head[at + 1] === 0x4b && head[at + 2] === 3 && head[at + 3] === 4;
}
