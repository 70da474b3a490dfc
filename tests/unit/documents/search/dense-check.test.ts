import { describe, expect, it } from 'vitest';
import { KeywordIndex } from '../../../../src/documents/keywords/keyword-index';
import { checkDense, type TextOfChunk } from '../../../../src/documents/search/dense-check';
import { VectorIndex } from '../../../../src/documents/vectors/vector-index';
import { type Random, seededRandom } from '../../../../src/platform/seeded-random';

const dimensions = 64;
const subjects = 8;
const wordsOf = Array.from({ length: subjects }, (_, subject) =>
  Array.from({ length: 20 }, (_, word) => `word${String.fromCharCode(97 + subject, 97 + word)}`),
);

/** Each chunk speaks in the words of its subject; its vector lies towards that subject, as far as `meaning` says. */
async function trustIn(count: number, meaning: number, random: Random): Promise<number> {
  const draw = () => Float32Array.from({ length: dimensions }, () => random() - 0.5);
  const centres = wordsOf.map(draw);
  const keywords = new KeywordIndex();
  const vectors = await VectorIndex.create(dimensions);
  const chunks = Array.from({ length: count }, (_, place): TextOfChunk => {
    const subject = place % subjects;
    const words = Array.from({ length: 12 }, () => wordsOf[subject]?.[Math.floor(random() * 20)]);
    const text = words.join(' ');
    const documentId = `${place}`;
    keywords.add(documentId, [{ text, headings: [] }], 'en');
    vectors.add(
      documentId,
      draw().map((value, axis) => value + meaning * (centres[subject]?.[axis] ?? 0)),
    );
    return { documentId, chunk: 0, text };
  });
  return checkDense(keywords, vectors, (place) => chunks[place]);
}

describe('checkDense', () => {
  it('trusts vectors that lie where the words say', async () => {
    expect(await trustIn(400, 1, seededRandom(1))).toBe(1);
  });

  it('does not trust vectors that have nothing to do with the words', async () => {
    expect(await trustIn(400, 0, seededRandom(2))).toBe(0);
  });

  it('trusts where there are too few to tell', async () => {
    expect(await trustIn(20, 0, seededRandom(3))).toBe(1);
  });
});
