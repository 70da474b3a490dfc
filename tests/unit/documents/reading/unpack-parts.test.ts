import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { unpackParts } from '../../../../src/documents/reading/zip/unpack-parts';
import { expectSound, failure, read } from '../../../support/documents/read';
import { writeDocx, writeEpub, zipped } from '../../../support/documents/write-zip-documents';

test('wanted entries come whole', () => {
  const text = 'words and '.repeat(50_000);
  const { parts, isCut } = unpackParts(
    'a',
    zipped({ mimetype: 'x', 'a.xml': text, 'b.png': 'no', empty: '' }),
    (path) => path !== 'b.png',
  );
  expect([...parts.keys()]).toEqual(['mimetype', 'a.xml', 'empty']);
  // A comparison of half a million numbers takes long.
  expect(new TextDecoder().decode(parts.get('a.xml')) === text).toBe(true);
  expect(isCut).toBe(false);
});

describe('a zip bomb is left alone', () => {
  test('one entry that grows a thousandfold', async () => {
    const bomb = writeDocx('', { 'word/document.xml': ' '.repeat(20_000_000) });
    expect(bomb.length).toBeLessThan(30_000);
    expect(await failure(read('docx', bomb, 'bomb.docx'))).toMatch(
      /^bomb\.docx unpacks to more than 100 times its size.*zip bomb/,
    );
  });

  test('many entries that grow', async () => {
    const chapters = Array.from({ length: 20 }, () => `<p>${'a'.repeat(1_000_000)}</p>`);
    expect(await failure(read('epub', writeEpub(chapters)))).toMatch(/zip bomb/);
  });

  test('more entries than a document has', () => {
    const many = Object.fromEntries(
      Array.from({ length: 20_001 }, (_, index) => [`${index}.xml`, new Uint8Array()]),
    );
    expect(() => unpackParts('a', zipSync(many, { level: 0 }), () => true)).toThrow(
      /more than 20000 entries/,
    );
  });

  test('what is not wanted stays packed', async () => {
    const document = await read(
      'docx',
      writeDocx('<w:p><w:r><w:t>a</w:t></w:r></w:p>', { 'word/media/a.bmp': ' '.repeat(20_000_000) }),
    );
    expect(document).toMatchObject({ text: 'a', notices: [] });
  });
});

describe('a file that was cut', () => {
  // Random words, so that a part of the packed bytes is a part of the text.
  const words = Array.from({ length: 20_000 }, (_, index) =>
    ((index * 2_654_435_761) % 1_000_003).toString(36),
  );
  const body = words.map((word) => `<w:p><w:r><w:t>${word}</w:t></w:r></w:p>`).join('');
  const whole = writeDocx(body);

  test('gives what could be read, and says so', async () => {
    const document = await read('docx', whole.slice(0, whole.length / 2));
    expectSound(document);
    expect(document.blocks.length).toBeGreaterThan(1000);
    expect(document.blocks.length).toBeLessThan(19_000);
    expect(document.notices.join()).toMatch(/cut or damaged/);
  });

  test('before its text began, says so', async () => {
    expect(await failure(read('docx', whole.slice(0, 250)))).toMatch(/is cut or damaged/);
  });

  test('or damaged in the middle, gives what stands before', async () => {
    const damaged = whole.slice();
    damaged.fill(0xff, whole.length / 2, whole.length / 2 + 400);
    const document = await read('docx', damaged);
    expectSound(document);
    expect(document.text.startsWith(words.slice(0, 100).join('\n\n'))).toBe(true);
    expect(document.notices.join()).toMatch(/cut or damaged/);
  });
});
