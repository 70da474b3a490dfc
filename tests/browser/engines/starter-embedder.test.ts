/** The vectors of the starter embedding model in a real browser, against those of another implementation. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTransformers } from '../../../src/backends/transformers/index';
import type { Backend } from '../../../src/core/backend';
import { usualRetrieval } from '../../../src/core/retrieval';
import { SearchClient } from '../../../src/documents/search/search-client';
import { unrelatedQuestions } from '../../../src/documents/search/unrelated-questions';
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

const handbook = [
  'The boundary layer is the thin layer of air next to the wing where friction slows the flow.',
  'A wing stalls when the angle of attack is so large that the flow separates from its upper side.',
  'Shock waves form where air that moves faster than sound is compressed suddenly.',
  'Slats at the leading edge delay the separation of the flow at low speed.',
  'Heat shields of capsules that come back from orbit melt away and carry the heat off.',
  'Flutter is a vibration in which a wing takes energy out of the flow until it breaks.',
  'The lift of a wing is proportional to its area and to the square of the speed.',
  'Wind tunnels are calibrated with a pitot tube before each series of measurements.',
];
const answered = {
  'Why does an aerofoil lose lift at high incidence?': 'stalls',
  'How do spacecraft survive re-entry?': 'Heat shields',
  'What has to be done in the wind tunnel first?': 'calibrated',
};
const unanswered = [
  'best recipe for apple pie',
  'who won the football world cup in 1998',
  'how to file my income tax return',
  'tell me about the novels of Jane Austen',
  'how do I sort a list in python',
];

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

  test('a question that the documents hold nothing on finds nothing, and one that they answer does', async () => {
    const text = handbook.join('\n');
    let start = 0;
    const chunks = handbook.map((line) => {
      const chunk = { start, end: start + line.length, headings: [], tokens: 0 };
      start = chunk.end + 1;
      return chunk;
    });
    const made = (await embed(handbook)).flatMap((vector) => [...vector]);
    const client = new SearchClient();
    const document = { documentId: 'd', name: 'd', addedAt: 0, language: 'en', text, chunks };
    await client.add('c', [{ ...document, vectors: Float32Array.from(made) }]);
    const unrelated = await embed(unrelatedQuestions);
    const found = async (question: string) => {
      const [vector = new Float32Array()] = await embed([question]);
      const settings = { ...usualRetrieval, passages: 3, neighbours: 0 };
      const query = { text: question, vector: new Float32Array(vector), unrelated, settings };
      return client.search('c', query, never());
    };
    for (const [question, answer] of Object.entries(answered)) {
      expect(
        (await found(question)).passages.some((passage) => passage.text.includes(answer)),
        question,
      ).toBe(true);
    }
    for (const question of unanswered) {
      const { passages, unfit } = await found(question);
      expect(passages, question).toEqual([]);
      expect(unfit, question).not.toHaveLength(0);
    }
    client.dispose();
  });

  test('its tokens are counted by its own tokenizer without the model', async () => {
    const [url = ''] = model?.files.find(({ path }) => path === 'tokenizer.json')?.sources ?? [];
    const count = await tokenCounter({ id: 'starter', file: await (await fetch(url)).blob() });
    // The marks at both ends are the model's.
    for (const { text, tokens } of reference.texts) expect(count(text) + 2, text).toBe(tokens);
  });
});
