import { expect, it } from 'vitest';
import { TokenText } from '../../../../src/backends/transformers/token-text';

/** Every token is one byte of UTF-8, so most characters come in parts. */
function decodeBytes(tokens: number[]): string {
  return new TextDecoder().decode(Uint8Array.from(tokens));
}

function pieces(text: string): string[] {
  const reader = new TokenText(decodeBytes);
  const shown = [...new TextEncoder().encode(text)].map((byte) => reader.push(byte));
  return [...shown, reader.finish()];
}

it('waits for the whole character', () => {
  expect(pieces('é!')).toEqual(['', 'é', '!', '']);
  expect(pieces('👋').join('')).toBe('👋');
  expect(pieces('héllo 👋 世界').join('')).toBe('héllo 👋 世界');
});

it('shows at the end what never became whole', () => {
  const reader = new TokenText(decodeBytes);
  expect(reader.push(0xf0)).toBe('');
  expect(reader.finish()).toBe('\uFFFD');
});

it('keeps the space that a decoder drops at the beginning of a text', () => {
  const words = ['▁Hello', '▁world', '!'];
  const reader = new TokenText((tokens) =>
    tokens
      .map((token) => words[token] ?? '')
      .join('')
      .replaceAll('▁', ' ')
      .trimStart(),
  );
  expect([0, 1, 2].map((token) => reader.push(token)).join('')).toBe('Hello world!');
});
