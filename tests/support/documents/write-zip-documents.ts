/** Makes Word, OpenDocument and EPUB files for tests, with the few entries that each needs. */
import { strToU8, zipSync, type Zippable } from 'fflate';

type Bytes = Uint8Array<ArrayBuffer>;

const types =
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>';

/** @param body what stands in `w:body` */
export function writeDocx(body: string, others: Readonly<Record<string, string>> = {}): Bytes {
  const document = `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`;
  return zipped({ '[Content_Types].xml': types, 'word/document.xml': document, ...others });
}

/** @param body what stands in `office:text` */
export function writeOdt(body: string, others: Readonly<Record<string, string>> = {}): Bytes {
  const content = `<?xml version="1.0" encoding="UTF-8"?><office:document-content><office:body><office:text>${body}</office:text></office:body></office:document-content>`;
  return zipped({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': content, ...others });
}

/** @param chapters what stands in each one's `body`, in reading order */
export function writeEpub(chapters: readonly string[], others: Readonly<Record<string, string>> = {}): Bytes {
  const items = chapters
    .map((_, index) => `<item id="c${index}" href="text/chapter%20${index}.xhtml"/>`)
    .join('');
  const spine = chapters.map((_, index) => `<itemref idref="c${index}"/>`).join('');
  const files = chapters.map((body, index): [string, string] => [
    `OEBPS/text/chapter ${index}.xhtml`,
    `<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>${body}</body></html>`,
  ]);
  return zipped({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml':
      '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
    'OEBPS/book.opf': `<package><manifest>${items}</manifest><spine>${spine}</spine></package>`,
    // Not in reading order: the spine alone tells it.
    ...Object.fromEntries(files.reverse()),
    ...others,
  });
}

/** The first entry of the two formats that name their kind in it is not packed. */
export function zipped(files: Readonly<Record<string, string | Uint8Array>>): Bytes {
  const entries: Zippable = {};
  for (const [path, content] of Object.entries(files)) {
    const bytes = typeof content === 'string' ? strToU8(content) : content;
    entries[path] = path === 'mimetype' ? [bytes, { level: 0 }] : bytes;
  }
  return zipSync(entries);
}
