/** Writes PDF files for tests: text only, in the standard fonts, as ISO 32000-1 has it. */

export interface PdfLine {
  readonly text: string;
  /** Points. */
  readonly size: number;
  /** From the page's left edge and bottom, in points. */
  readonly x: number;
  readonly y: number;
}

/** Of one page; without lines it holds no text, as a scanned one. */
export type PdfPage = readonly PdfLine[];

/** Body lines from the top of an A4 page on; an empty line is a gap between paragraphs, `# ` makes a heading. */
export function pdfPage(...lines: readonly string[]): PdfPage {
  let y = 800;
  return lines.flatMap((line): PdfLine[] => {
    const isHeading = line.startsWith('# ');
    const size = isHeading ? 18 : 11;
    y -= isHeading ? 30 : 14;
    if (line === '') return [];
    return [{ text: isHeading ? line.slice(2) : line, size, x: 60, y }];
  });
}

export function writePdf(pages: readonly PdfPage[]): Uint8Array<ArrayBuffer> {
  const objects: string[] = [];
  const kids = pages.map((_, index) => `${4 + index * 2} 0 R`).join(' ');
  objects.push('<< /Type /Catalog /Pages 2 0 R >>');
  objects.push(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  objects.push('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  for (const [index, page] of pages.entries()) {
    const content = page.map(
      ({ text, size, x, y }) => `BT /F1 ${size} Tf 1 0 0 1 ${x} ${y} Tm (${escaped(text)}) Tj ET`,
    );
    const stream = content.join('\n');
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R >>`,
    );
    objects.push(`<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`);
  }
  return bytesOf(objects, '');
}

/** A file that asks for a password; its contents are noise, which nobody gets to see. */
export function writeEncryptedPdf(): Uint8Array<ArrayBuffer> {
  const key = '0'.repeat(64);
  return bytesOf(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [] /Count 0 >>',
      `<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <${key}> /U <${key}> >>`,
    ],
    '/Encrypt 3 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]',
  );
}

/** Holds 日本語 in Shift JIS, in a font that is not in the file: its reader needs two character maps of its own. */
export function writeJapanesePdf(): Uint8Array<ArrayBuffer> {
  const content = 'BT /F1 12 Tf 1 0 0 1 60 700 Tm <93fa967b8cea> Tj ET';
  return bytesOf(
    [
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [4 0 R] /Count 1 >>',
      '<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiMin-W3 /Encoding /90ms-RKSJ-H /DescendantFonts [6 0 R] >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>',
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiMin-W3 /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /FontDescriptor 7 0 R >>',
      '<< /Type /FontDescriptor /FontName /HeiseiMin-W3 /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >>',
    ],
    '',
  );
}

function bytesOf(objects: readonly string[], trailer: string): Uint8Array<ArrayBuffer> {
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = file.length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries.join('')}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Uint8Array.from(file, (character) => character.charCodeAt(0) & 0xff);
}

/** Letters of Western Europe stand for themselves in WinAnsiEncoding; the bullet has a place of its own. */
function escaped(text: string): string {
  return text.replace(/[\\()]/g, '\\$&').replace(/•/g, '\\225');
}
