import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKernel } from '../../../../src/documents/vectors/create-kernel';
import { plainKernel, PlainMemory } from '../../../../src/documents/vectors/plain-kernel';
import { VectorIndex } from '../../../../src/documents/vectors/vector-index';
import { seededRandom } from '../../../../src/platform/seeded-random';
import { bestOf, clusteredVectors, cosine } from './made-vectors';

const kernels = {
  wasm: createKernel,
  plain: () => Promise.resolve(plainKernel(new PlainMemory())),
};
/** What ten bits per dimension leave open. */
const tolerance = 0.002;

describe.each(Object.entries(kernels))('the vector index on the %s kernel', (_, kernel) => {
  it('finds what comparing with every vector finds, whatever was added and removed', async () => {
    const step = fc.record({
      document: fc.integer({ min: 0, max: 6 }),
      chunks: fc.integer({ min: 0, max: 12 }),
      isRemoved: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.constantFrom(1, 3, 64, 100),
        fc.array(step, { maxLength: 20 }),
        fc.integer({ min: 1, max: 20 }),
        fc.option(fc.integer({ min: 0, max: 6 })),
        async (seed, dimensions, steps, limit, refused) => {
          const random = seededRandom(seed);
          const index = VectorIndex.withKernel(dimensions, await kernel());
          const held = new Map<string, Float32Array[]>();
          for (const { document, chunks, isRemoved } of steps) {
            const documentId = `document ${document}`;
            if (isRemoved) {
              index.remove(documentId);
              held.delete(documentId);
            } else {
              const vectors = Array.from({ length: chunks }, () =>
                Float32Array.from({ length: dimensions }, () => random() - 0.5),
              );
              index.add(documentId, Float32Array.from(vectors.flatMap((vector) => [...vector])));
              held.set(documentId, vectors);
            }
          }
          const query = Float32Array.from({ length: dimensions }, () => random() - 0.5);
          const accepts = (documentId: string): boolean => documentId !== `document ${refused}`;
          const expected = [...held].flatMap(([documentId, vectors]) =>
            accepts(documentId)
              ? vectors.map((vector, chunk) => ({ documentId, chunk, score: cosine(query, vector) }))
              : [],
          );
          const hits = index.search(query, limit, refused === null ? undefined : accepts);
          expectSame(hits, expected, limit);
          expect(index.size).toBe([...held.values()].flat().length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('loses next to nothing where it scans, also of what a filter lets through', async () => {
    const dimensions = 96;
    const count = 6000;
    const random = seededRandom(5);
    const vectors = clusteredVectors(count + 20, dimensions, random);
    const index = VectorIndex.withKernel(dimensions, await kernel());
    for (let start = 0; start < count; start += 50) {
      const part = vectors.slice(start, start + 50);
      index.add(`document ${start / 50}`, Float32Array.from(part.flatMap((vector) => [...vector])));
    }
    const isEven = (documentId: string): boolean => Number(documentId.slice(9)) % 2 === 0;
    for (const accepts of [undefined, isEven]) {
      let [found, wanted] = [0, 0];
      for (const query of vectors.slice(count)) {
        const all = vectors.slice(0, count).map((vector, row) => ({
          documentId: `document ${Math.floor(row / 50)}`,
          chunk: row % 50,
          score: cosine(query, vector),
        }));
        const expected = bestOf(accepts ? all.filter(({ documentId }) => accepts(documentId)) : all, 10);
        const hits = index.search(query, 10, accepts);
        expect(hits).toHaveLength(10);
        const keys = new Set(hits.map(({ documentId, chunk }) => `${documentId} ${chunk}`));
        found += expected.filter(({ documentId, chunk }) => keys.has(`${documentId} ${chunk}`)).length;
        wanted += expected.length;
      }
      expect(found / wanted).toBeGreaterThanOrEqual(0.98);
    }
  });

  it('closes the gaps of removed documents and takes their memory again', async () => {
    const dimensions = 64;
    const random = seededRandom(9);
    const index = VectorIndex.withKernel(dimensions, await kernel());
    const add = (name: string): Float32Array[] => {
      const vectors = clusteredVectors(500, dimensions, random);
      index.add(name, Float32Array.from(vectors.flatMap((vector) => [...vector])));
      return vectors;
    };
    const held = new Map(Array.from({ length: 8 }, (_, each) => [`${each}`, add(`${each}`)]));
    const { bytes } = index;
    for (const name of ['0', '2', '3', '5']) {
      index.remove(name);
      held.delete(name);
    }
    for (const name of ['8', '9', '10']) held.set(name, add(name));
    expect(index.bytes).toBe(bytes);
    expect(index.size).toBe(3500);
    for (const [documentId, vectors] of held) {
      for (const chunk of [0, 250, 499]) {
        const [best] = index.search(vectors[chunk] ?? new Float32Array(dimensions), 1);
        expect(best).toMatchObject({ documentId, chunk });
      }
    }
  });

  it('knows the cosine of any place', async () => {
    const index = VectorIndex.withKernel(2, await kernel());
    index.add('a', Float32Array.of(3, 0, 0, 7));
    const places = [
      { documentId: 'a', chunk: 1 },
      { documentId: 'a', chunk: 2 },
      { documentId: 'b', chunk: 0 },
      { documentId: 'a', chunk: 0 },
    ];
    const [up, beyond, unknown, right] = index.scoresOf(Float32Array.of(1, 1), places);
    expect(up).toBeCloseTo(Math.SQRT1_2, 2);
    expect(right).toBeCloseTo(Math.SQRT1_2, 2);
    expect([beyond, unknown]).toEqual([undefined, undefined]);
  });

  it('gives back a vector as it keeps it', async () => {
    const index = VectorIndex.withKernel(3, await kernel());
    index.add('a', Float32Array.of(1, 0, 0, 0, 3, 4));
    const [x = 1, y, z] = index.vectorOf('a', 1) ?? [];
    expect(x).toBeCloseTo(0, 2);
    expect(y).toBeCloseTo(0.6, 2);
    expect(z).toBeCloseTo(0.8, 2);
    expect(index.vectorOf('a', 2)).toBeUndefined();
    expect(index.vectorOf('b', 0)).toBeUndefined();
  });

  it('tells how cosines are spread', async () => {
    const index = VectorIndex.withKernel(2, await kernel());
    index.add('a', Float32Array.of(1, 0, 1, 0, -1, 0));
    index.add('b', Float32Array.of(-1, 0));
    const { mean, deviation } = index.spreadOf(Float32Array.of(1, 0));
    expect(mean).toBeCloseTo(0, 2);
    expect(deviation).toBeCloseTo(1, 2);
  });

  it('refuses vectors and questions of another length, and stays as it was', async () => {
    const index = VectorIndex.withKernel(3, await kernel());
    index.add('a', Float32Array.of(1, 0, 0));
    expect(() => index.add('a', Float32Array.of(1, 0))).toThrow(RangeError);
    expect(() => index.search(Float32Array.of(1, 0), 1)).toThrow(RangeError);
    expect(index.search(Float32Array.of(1, 0, 0), 1)).toHaveLength(1);
  });

  it('takes a vector of nothing for far from everything', async () => {
    const index = VectorIndex.withKernel(3, await kernel());
    index.add('a', Float32Array.of(0, 0, 0, 1, 0, 0));
    const hits = index.search(Float32Array.of(1, 0, 0), 2);
    expect(hits.map(({ chunk }) => chunk)).toEqual([1, 0]);
    expect(hits[1]?.score).toBe(0);
  });
});

function expectSame(
  hits: readonly { documentId: string; chunk: number; score: number }[],
  all: readonly { documentId: string; chunk: number; score: number }[],
  limit: number,
): void {
  const expected = bestOf(all, limit);
  expect(hits).toHaveLength(expected.length);
  for (const [place, { documentId, chunk, score }] of hits.entries()) {
    // Those that are as good as equal may change places.
    expect(score).toBeCloseTo(expected[place]?.score ?? Number.NaN, 2);
    const own = all.find((one) => one.documentId === documentId && one.chunk === chunk);
    expect(Math.abs((own?.score ?? Number.NaN) - score)).toBeLessThan(tolerance);
  }
  expect(new Set(hits.map(({ documentId, chunk }) => `${documentId} ${chunk}`)).size).toBe(hits.length);
}
