import { describe, expect, test } from 'vitest';
import { pdfPage, writePdf } from '../../../support/documents/write-pdf';
import { blocksOf, expectSound, read } from '../../../support/documents/read';

describe('pdf', () => {
  test('x', async () => {
    const document = await read(
      'pdf',
      writePdf([pdfPage('# Title', 'One line of exam-', 'ple text.', '', 'Next.'), [], pdfPage('Third')]),
    );
    expectSound(document);
    expect(blocksOf(document)).toEqual([
      'heading1: Title',
      'paragraph: One line of example text.',
      'paragraph: Next.',
      'paragraph: Third',
    ]);
    expect(document.notices).toEqual(['Page 2 holds no text (a scan?).']);
  });
});
