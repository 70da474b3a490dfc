import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tokenCounter } from '../../../../src/documents/chunking/token-counter';

const tokenizer = join(import.meta.dirname, '../../../fixtures/tiny-embedder/tokenizer.json');

test('counts with the tokenizer of the model, without its special tokens', async () => {
  const count = await tokenCounter({ id: 'tiny', file: new Blob([await readFile(tokenizer)]) });
  expect(count('')).toBe(0);
  expect(count('cat kitten, stocks!')).toBe(5);
  // Read once: another file under the same name is not looked at.
  expect(await tokenCounter({ id: 'tiny', file: new Blob(['nothing']) })).toBe(count);
});

test('estimates without a tokenizer, and with one that cannot be read', async () => {
  expect((await tokenCounter(undefined))('four letters')).toBe(3);
  expect((await tokenCounter({ id: 'broken', file: new Blob(['{"model": 1']) }))('four letters')).toBe(3);
});
