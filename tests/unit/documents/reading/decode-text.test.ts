import { describe, expect, test } from 'vitest';
import { declaredEncoding, decodeText } from '../../../../src/documents/reading/decode-text';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string, isBig: boolean): number[] =>
  Array.from(text).flatMap((one) => {
    const unit = one.charCodeAt(0);
    return isBig ? [unit >> 8, unit & 0xff] : [unit & 0xff, unit >> 8];
  });

describe('an encoding that is told or plain is taken', () => {
  test.each([
    ['UTF-8', utf8('Grüße, 世界 🌍')],
    ['UTF-8 with a mark', Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8('Grüße, 世界 🌍'))],
  ])('%s', (_, bytes) => expect(decodeText('a', bytes)).toEqual({ text: 'Grüße, 世界 🌍', notices: [] }));

  test.each([
    ['little-endian with a mark', [0xff, 0xfe, ...utf16('Grüße', false)]],
    ['big-endian with a mark', [0xfe, 0xff, ...utf16('Grüße', true)]],
    ['little-endian without', utf16('Grüße', false)],
    ['big-endian without', utf16('Grüße', true)],
  ])('UTF-16 %s', (_, bytes) => expect(decodeText('a', Uint8Array.from(bytes)).text).toBe('Grüße'));

  test('what the content declares', () => {
    const koi8 = Uint8Array.of(0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4);
    expect(decodeText('a', koi8, 'koi8-r')).toEqual({ text: 'Привет', notices: [] });
    expect(decodeText('a', utf8('né'), 'no-such-encoding').text).toBe('né');
    expect(decodeText('a', utf8('né'), 'utf-16').text).toBe('né');
  });

  test('line ends become one kind', () =>
    expect(decodeText('a', utf8('a\r\nb\rc\n')).text).toBe('a\nb\nc\n'));
});

describe('a guess is told', () => {
  test('Western letters', () => {
    const { text, notices } = decodeText('a', Uint8Array.of(...utf8('caf'), 0xe9, ...utf8(' noir')));
    expect(text).toBe('café noir');
    expect(notices.join()).toMatch(/guessed \(windows-1252\)/);
  });

  test('Cyrillic letters', () => {
    const bytes = Uint8Array.of(0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x2c, 0x20, 0xec, 0xe8, 0xf0);
    const { text, notices } = decodeText('a', bytes);
    expect(text).toBe('Привет, мир');
    expect(notices.join()).toMatch(/guessed \(windows-1251\)/);
  });

  test('Japanese letters', () => {
    const bytes = Uint8Array.of(0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea, 0x82, 0xcc, 0x95, 0xb6, 0x8f, 0xcd);
    expect(decodeText('a', bytes).text).toBe('日本語の文章');
  });

  test('a few broken bytes in UTF-8 stay few', () => {
    const { text, notices } = decodeText('a', Uint8Array.of(...utf8('ü'.repeat(4000)), 0xff));
    expect(text).toBe(`${'ü'.repeat(4000)}�`);
    expect(notices.join()).toMatch(/1 character could not be decoded/);
  });
});

describe('what holds no text is refused', () => {
  test.each([
    ['zero bytes among others', [65, 0, 66, 200, 0, 0, 0, 7], /not text/],
    ['control characters', [1, 2, 3, 4, 65], /not text/],
    ['blanks', [32, 10, 9, 10], /no text in a/],
  ])('%s', (_, bytes, message) => expect(() => decodeText('a', Uint8Array.from(bytes))).toThrow(message));
});

test.each([
  ['<?xml version="1.0" encoding="ISO-8859-1"?>', 'ISO-8859-1'],
  ['<html><meta charset=koi8-r>', 'koi8-r'],
  ['<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', 'windows-1251'],
  ['<p>charset=x</p>', undefined],
])('%s declares %s', (head, encoding) => expect(declaredEncoding(utf8(head))).toBe(encoding));
