import { strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { identifyKind } from '../../../../src/documents/reading/identify-kind';
import { whyRefused } from '../../../../src/documents/reading/why-refused';
import { writePdf } from '../../../support/documents/write-pdf';
import { writeDocx, writeEpub, writeOdt, zipped } from '../../../support/documents/write-zip-documents';

const bytes = (text: string): Uint8Array => strToU8(text);
const pdf = writePdf([[]]);
const docx = writeDocx('');
const odt = writeOdt('');
const epub = writeEpub(['']);
const zip = zipped({ 'a.txt': 'a' });
const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13);
const ole = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0);

describe('the content decides', () => {
  test.each([
    ['a.pdf', pdf, 'pdf'],
    ['a.txt', pdf, 'pdf'],
    ['a', pdf, 'pdf'],
    ['a.docx', docx, 'docx'],
    ['a.pdf', docx, 'docx'],
    ['a.zip', odt, 'odt'],
    ['a.docx', epub, 'epub'],
    ['a.pdf', bytes('Only words.'), 'text'],
    ['a.docx', bytes('<!DOCTYPE html><p>Hi'), 'html'],
    ['download', bytes('\n <html lang="en">'), 'html'],
    ['a.xyz', bytes('words'), 'text'],
    ['a', bytes('words'), 'text'],
    ['a.txt', Uint8Array.of(0xff, 0xfe, 0x41, 0, 0x42, 0), 'text'],
  ])('%s → %#', (name, head, kind) => expect(identifyKind(name, head)).toBe(kind));
});

describe('the name decides among texts', () => {
  test.each([
    ['notes/READ.ME.md', 'markdown'],
    ['a.CSV', 'csv'],
    ['a.tsv', 'csv'],
    ['page.htm', 'html'],
    ['main.rs', 'code'],
    ['src/Dockerfile', 'code'],
    ['.gitignore', 'code'],
    ['a.txt', 'text'],
    ['page.php', 'code'],
  ])('%s → %s', (name, kind) => expect(identifyKind(name, bytes('<html> words'))).toBe(kind));
});

describe('what cannot be read is told', () => {
  test.each([
    ['a.png', png, 'a picture'],
    ['a.pdf', png, 'a picture'],
    ['a.doc', ole, 'an old or an encrypted Office file'],
    ['a.docx', ole, 'an old or an encrypted Office file'],
    ['a.xlsx', zipped({ '[Content_Types].xml': '', 'xl/workbook.xml': '' }), 'a spreadsheet'],
    ['a.pptx', zipped({ '[Content_Types].xml': '', 'ppt/presentation.xml': '' }), 'a presentation'],
    ['a.ods', zipped({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet' }), 'a spreadsheet'],
    ['a.zip', zip, 'a zip archive'],
    ['a.bin', Uint8Array.of(1, 2, 3, 0, 200, 201), 'not text'],
    ['a.txt', Uint8Array.of(1, 2, 3, 0, 200, 201), 'not text'],
    ['a.rtf', bytes('{\\rtf1 words}'), 'rich text'],
    ['a.mp3', bytes('ID3\u0004\0\0'), 'a sound or a film'],
  ])('%s → %#', (name, head, what) => {
    expect(identifyKind(name, head)).toBeUndefined();
    const error = whyRefused(name, head);
    expect(error).toMatchObject({ code: 'unreadable-document' });
    expect(error.message).toContain(what);
    expect(error.message).toContain(name);
    expect(error.detail.hint).toBeTruthy();
  });
});
