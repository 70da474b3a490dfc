import { describe, expect, it } from 'vitest';
import { denseFloor } from '../../../../src/documents/search/dense-floor';
import { VectorIndex } from '../../../../src/documents/vectors/vector-index';
import { type Random, seededRandom } from '../../../../src/platform/seeded-random';

const dimensions = 64;

/** A model whose vectors all share a direction has high cosines for everything, as some do. */
interface Model {
  readonly shared: number;
  readonly random: Random;
}

function vectorOf({ shared, random }: Model, subject?: Float32Array): Float32Array {
  const own = Float32Array.from({ length: dimensions }, () => random() - 0.5);
  return own.map((value, axis) => value + shared + 3 * (subject?.[axis] ?? 0));
}

/** @returns the floor, how near a question on the subject comes, and how many of 40 others get past */
async function measured(model: Model, unrelatedTo: 'anything' | 'the subject') {
  const subject = vectorOf({ ...model, shared: 0 });
  const vectors = await VectorIndex.create(dimensions);
  for (let place = 0; place < 300; place++) vectors.add(`${place}`, vectorOf(model, subject));
  const unrelated = Array.from({ length: 20 }, () =>
    vectorOf(model, unrelatedTo === 'the subject' ? subject : undefined),
  );
  const near = (question: Float32Array) => vectors.search(question, 1)[0]?.score ?? 0;
  const floor = denseFloor(vectors, unrelated, (place) => ({ documentId: `${place}`, chunk: 0 }));
  const others = Array.from({ length: 40 }, () => near(vectorOf(model)));
  return {
    floor,
    on: near(vectorOf(model, subject)),
    passed: others.filter((score) => score >= floor).length,
  };
}

describe('denseFloor', () => {
  it.each([0, 0.5, 2])(
    'lies between questions on it and on anything else, whatever all share: %s',
    async (shared) => {
      const { floor, on, passed } = await measured({ shared, random: seededRandom(7) }, 'anything');
      expect(on).toBeGreaterThan(floor);
      expect(passed).toBeLessThan(8);
    },
  );

  it('lets real questions through where the collection answers the unrelated ones too', async () => {
    const { floor, on } = await measured({ shared: 0, random: seededRandom(8) }, 'the subject');
    expect(on).toBeGreaterThan(floor);
  });

  it('copes with a single chunk', async () => {
    const vectors = await VectorIndex.create(2);
    vectors.add('one', Float32Array.of(1, 0));
    const floor = denseFloor(vectors, [Float32Array.of(0.1, 1)], () => ({ documentId: 'one', chunk: 0 }));
    expect(floor).toBeCloseTo(0.1, 1);
  });
});
