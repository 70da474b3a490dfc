/** Which link targets may be clicked, and what is shown as their destination. */
import { describe, expect, it } from 'vitest';
import { decodeEntities } from '../../../src/ui/shared/markdown/decode-entities';
import { safeLink } from '../../../src/ui/shared/markdown/safe-link';

describe('safeLink', () => {
  it.each([
    ['https://example.com/a?b=1&amp;c=2', 'https://example.com/a?b=1&c=2', 'example.com'],
    ['HTTP://Example.com', 'http://example.com/', 'example.com'],
    ['http://localhost:8080/x', 'http://localhost:8080/x', 'localhost:8080'],
    ['https://honest.test@evil.test/', 'https://honest.test@evil.test/', 'evil.test'],
    ['ht\ntps://example.com', 'https://example.com/', 'example.com'],
    ['mailto:a@example.com', 'mailto:a@example.com', 'a@example.com'],
    ['https://example.com/"onclick="x', 'https://example.com/%22onclick=%22x', 'example.com'],
  ])('lets %j through', (target, href, destination) => {
    expect(safeLink(target)).toEqual({ href, destination });
  });

  it.each([
    'javascript:x',
    'java\nscript:x',
    ' \u0001javascript:x',
    'javascript&colon;x',
    '&#106;avascript:x',
    'data:text/html,x',
    'vbscript:x',
    'ftp://example.com',
    'file:///x',
    '//example.com',
    '/path',
    '',
    'blob:https://example.com/x',
  ])('keeps %j plain', (target) => {
    expect(safeLink(target)).toBe(undefined);
  });

  it('takes autolinks literally', () => {
    expect(safeLink('https://example.com/?a&copy;', true)?.href).toBe('https://example.com/?a&copy;');
    expect(safeLink('javascript&colon;x', true)).toBe(undefined);
  });
});

describe('decodeEntities', () => {
  it.each([
    ['&amp;&lt;&quot;&apos;&copy;&nbsp;', '&<"\'©\u00A0'],
    ['&#65;&#x1F600;&#x41;', 'A😀A'],
    ['&#0;&#xD800;&#x110000;', '\uFFFD\uFFFD\uFFFD'],
    ['&unknown; &amp &; a & b', '&unknown; &amp &; a & b'],
    ['&amp;lt;', '&lt;'],
  ])('reads %j', (text, expected) => {
    expect(decodeEntities(text)).toBe(expected);
  });
});
