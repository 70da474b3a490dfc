import { describe, expect, it } from 'vitest';
import type { RetrievalSettings } from '../../../../src/core/retrieval';
import { usualRetrieval } from '../../../../src/core/retrieval';
import { CollectionIndex } from '../../../../src/documents/search/collection-index';
import { madeDocument } from './made-documents';

const fruit = ['apples grow on trees', 'pears are sweet', 'plums are blue', 'cherries have stones'];
const ships = ['sails catch wind', 'anchors hold ships', 'rudders steer'];
/** One direction for each chunk of both. */
const directions = Float32Array.from({ length: 49 }, (_, place) => (place % 8 === 0 ? 1 : 0));

const settings = (more: Partial<RetrievalSettings> = {}): RetrievalSettings => ({
  ...usualRetrieval,
  passages: 1,
  neighbours: 0,
  ...more,
});

async function made(): Promise<CollectionIndex> {
  const index = new CollectionIndex('things');
  await index.add(
    madeDocument('fruit', fruit, { vectors: directions.slice(0, 28), addedAt: 100, language: 'en' }),
  );
  await index.add(
    madeDocument('ships', ships, {
      vectors: directions.slice(28),
      addedAt: 100,
      modifiedAt: 200,
      language: 'en',
    }),
  );
  return index;
}

const towards = (chunk: number): Float32Array<ArrayBuffer> => {
  const vector = new Float32Array(7).fill(0.01);
  vector[chunk] = 1;
  return vector;
};

describe('a collection', () => {
  it('finds by keywords alone where the question has no vector', async () => {
    const [first, ...others] = (await made()).search({ text: 'sweet pears', settings: settings() }).passages;
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      collectionId: 'things',
      documentId: 'fruit',
      documentName: 'fruit.txt',
      text: 'pears are sweet',
      start: 21,
      end: 36,
    });
    expect(first?.scores.keyword).toBeGreaterThan(0);
    expect(first?.scores.dense).toBeUndefined();
  });

  it('finds by meaning what shares no word with the question', async () => {
    const index = await made();
    for (const denseWeight of [0.5, 1]) {
      const [first] = index.search({
        text: 'nautical',
        vector: towards(5),
        settings: settings({ denseWeight }),
      }).passages;
      expect(first).toMatchObject({ documentId: 'ships', text: 'anchors hold ships' });
      expect(first?.scores.dense).toBeCloseTo(1, 1);
    }
  });

  it('says what it left out where nothing fits, unless that is wanted all the same', async () => {
    const index = await made();
    const unrelated = [0, 2, 4].map((chunk) => towards(chunk).map((value) => (value === 1 ? 0.012 : value)));
    const nowhere = new Float32Array(7).fill(0.01);
    const ask = (text: string, vector: Float32Array<ArrayBuffer>, more: Partial<RetrievalSettings> = {}) => {
      const { passages, unfit } = index.search({ text, vector, unrelated, settings: settings(more) });
      return { found: passages[0]?.text, unfit: unfit.length };
    };
    expect(ask('blue marmalade recipes', nowhere)).toEqual({ found: undefined, unfit: 1 });
    expect(ask('blue marmalade recipes', nowhere, { keepsUnfit: true }).found).toBeDefined();
    expect(ask('blue marmalade recipes', nowhere, { denseWeight: 0 }).found).toBe('plums are blue');
    expect(ask('blue plums', nowhere)).toEqual({ found: 'plums are blue', unfit: 1 });
    expect(ask('nautical', towards(5))).toEqual({ found: 'anchors hold ships', unfit: 0 });
  });

  it('leaves meaning out where it has no weight', async () => {
    const query = { text: 'blue plums', vector: towards(5), settings: settings({ denseWeight: 0 }) };
    expect((await made()).search(query).passages.map(({ text }) => text)).toEqual(['plums are blue']);
  });

  it('joins the neighbours without doubling text', async () => {
    const query = { text: 'pears cherries', settings: settings({ passages: 6, neighbours: 1 }) };
    const { passages } = (await made()).search(query);
    expect(passages.map(({ text }) => text)).toEqual([fruit.join('\n')]);
  });

  it('looks only where the filter lets it', async () => {
    const index = await made();
    const found = (filter: object): string[] => {
      const query = { text: 'sweet', vector: towards(1), settings: settings({ passages: 6 }), filter };
      return index.search(query).passages.map(({ documentId = '' }) => documentId);
    };
    expect(found({})[0]).toBe('fruit');
    expect(new Set(found({ documentIds: ['ships'] }))).toEqual(new Set(['ships']));
    expect(found({ documentIds: [] })).toEqual([]);
    expect(new Set(found({ from: 150 }))).toEqual(new Set(['ships']));
    expect(new Set(found({ until: 150 }))).toEqual(new Set(['fruit']));
    expect(found({ from: 101, until: 199 })).toEqual([]);
  });

  it('forgets a document that is removed, and what one said before it changed', async () => {
    const index = await made();
    index.remove('ships');
    const query = { text: 'anchors', vector: towards(5), settings: settings({ passages: 6 }) };
    expect(index.search(query).passages.every(({ documentId }) => documentId === 'fruit')).toBe(true);
    await index.add(madeDocument('fruit', ['melons are round']));
    expect(
      index.search({ text: 'pears melons', settings: settings() }).passages.map(({ text }) => text),
    ).toEqual(['melons are round']);
  });

  it('takes vectors later, also by another model', async () => {
    const index = new CollectionIndex('things');
    await index.add(madeDocument('fruit', fruit));
    await index.setVectors('fruit', Float32Array.of(1, 0, 0, 1, -1, 0, 0, -1));
    const ask = (...vector: number[]) =>
      index.search({ text: '', vector: Float32Array.from(vector), settings: settings() }).passages[0]?.text;
    expect(ask(0, 1)).toBe('pears are sweet');
    await index.setVectors('fruit', Float32Array.of(0, 0, 1, 1, 0, 0, 0, 1, 0, -1, -1, -1));
    expect(ask(0, 1, 0)).toBe('plums are blue');
    expect(() => ask(0, 1)).toThrow('another model');
  });

  it('refuses vectors that do not fit, and lets go of those of a removed document', async () => {
    const index = await made();
    await expect(index.setVectors('fruit', new Float32Array(5))).rejects.toThrow('do not belong');
    index.remove('fruit');
    await index.setVectors('fruit', new Float32Array(28));
    expect(index.search({ text: 'pears', settings: settings() }).passages).toEqual([]);
  });
});
