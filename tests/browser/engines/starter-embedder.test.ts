/** The vectors of the starter embedding model in a real browser, against those of another implementation. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTransformers } from '../../../src/backends/transformers/index';
import type { Backend } from '../../../src/core/backend';
import { tokenCounter } from '../../../src/documents/chunking/token-counter';
import { contextWith, memoryShelf } from '../backends/memory-shelf';
import { never } from '../backends/tiny-model';
import reference from '../../fixtures/starter-embedder-vectors.json';
import { findStarterEmbedder } from './starter-embedder';

const texts = reference.texts.map(({ text }) => text);

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const dot = (x: ArrayLike<number>, y: ArrayLike<number>) =>
    Array.from(x).reduce((sum, value, index) => sum + value * (y[index] ?? NaN), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

const model = await findStarterEmbedder();

describe.runIf(model)('the starter embedding model, which npm start brings', () => {
  let backend: Backend;
  beforeAll(() => {
    if (model) backend = createTransformers(contextWith(memoryShelf(model)));
  });
  afterAll(() => backend.dispose());
  const embed = async (some: readonly string[]): Promise<Float32Array[]> =>
    (await backend.embed?.(some, model?.id ?? '', never())) ?? [];

  test('its vectors are those of the published weights, as far as 8 bits can tell', async () => {
    const vectors = await embed(texts);
    expect(vectors).toHaveLength(texts.length);
    for (const [index, { vector, text }] of reference.texts.entries()) {
      expect(cosine(vectors[index] ?? [], vector), text).toBeGreaterThan(0.995);
      expect(Math.hypot(...(vectors[index] ?? []))).toBeCloseTo(1, 5);
    }
  });

  test('what meets in a group of texts changes a vector by no more than rounding', async () => {
    const together = await embed(texts);
    for (const [index, text] of texts.entries()) {
      const [alone = []] = await embed([text]);
      expect(cosine(together[index] ?? [], alone), text).toBeGreaterThan(0.999);
    }
  });

  test('a question is nearest to the text that answers it', async () => {
    const [question = [], answer = [], other = []] = await embed([
      'What is the capital of France?',
      'Paris is the capital and largest city of France.',
      'A man is eating food.',
    ]);
    expect(cosine(question, answer)).toBeGreaterThan(0.7);
    expect(cosine(question, other)).toBeLessThan(0.2);
  });

  test('its tokens are counted by its own tokenizer without the model', async () => {
    const [url = ''] = model?.files.find(({ path }) => path === 'tokenizer.json')?.sources ?? [];
    const count = await tokenCounter({ id: 'starter', file: await (await fetch(url)).blob() });
    // The marks at both ends are the model's.
    for (const { text, tokens } of reference.texts) expect(count(text) + 2, text).toBe(tokens);
  });
});
