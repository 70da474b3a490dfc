/** What every index of passages keeps: the one in the page, and those in databases. Words and meaning are English. */
import { describe, expect, it } from 'vitest';
import { type RetrievalFilter, type RetrievalSettings, usualRetrieval } from '../../../src/core/retrieval';
import type { IndexedDocument } from '../../../src/documents/search/indexed-document';
import type { FoundPassages, SearchQuery } from '../../../src/documents/search/search-protocol';
import { madeDocument } from '../../unit/documents/search/made-documents';

/** As state/documents asks for it. */
export interface TestedIndex {
  add(collectionId: string, documents: readonly IndexedDocument[]): Promise<void>;
  setVectors(collectionId: string, documentId: string, vectors: Float32Array<ArrayBuffer>): Promise<void>;
  remove(collectionId: string, documentId: string): Promise<void>;
  drop(collectionId: string): Promise<void>;
  search(collectionId: string, query: SearchQuery, signal: AbortSignal): Promise<FoundPassages>;
}

/** Length of the vectors. */
export const testedDimensions = 7;

const fruit = ['apples grow on trees', 'pears are sweet', 'plums are blue', 'cherries have stones'];
const ships = ['sails catch wind', 'anchors hold ships', 'rudders steer'];
/** One direction for each chunk of both. */
const directions = Float32Array.from({ length: 49 }, (_, place) => (place % 8 === 0 ? 1 : 0));
const never = new AbortController().signal;

const towards = (chunk: number): Float32Array<ArrayBuffer> => {
  const vector = new Float32Array(testedDimensions).fill(0.01);
  vector[chunk] = 1;
  return vector;
};

/** @param open an index without documents */
export function passageIndexContract(open: () => Promise<TestedIndex>): void {
  const things = 'things';

  async function made(): Promise<TestedIndex> {
    const index = await open();
    await index.add(things, [
      madeDocument('fruit', fruit, { vectors: directions.slice(0, 28), addedAt: 100, language: 'en' }),
      madeDocument('ships', ships, {
        vectors: directions.slice(28),
        addedAt: 100,
        modifiedAt: 200,
        language: 'en',
      }),
    ]);
    return index;
  }

  interface Asked extends Partial<RetrievalSettings> {
    readonly text?: string;
    readonly vector?: Float32Array<ArrayBuffer>;
    readonly filter?: RetrievalFilter;
  }
  const ask = async (index: TestedIndex, { text = '', vector, filter, ...more }: Asked) => {
    const { passages } = await index.search(
      things,
      {
        text,
        settings: { ...usualRetrieval, passages: 1, neighbours: 0, ...more },
        ...(vector && { vector }),
        ...(filter && { filter }),
      },
      never,
    );
    return passages;
  };

  describe('an index of passages', () => {
    it('finds by words, whatever their form, and says where', async () => {
      const [first, ...others] = await ask(await made(), { text: 'Is the sweet pear sweet?' });
      expect(others).toEqual([]);
      expect(first).toMatchObject({
        collectionId: things,
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
        const [first] = await ask(index, { text: 'nautical', vector: towards(5), denseWeight });
        expect(first).toMatchObject({ documentId: 'ships', text: 'anchors hold ships' });
        expect(first?.scores.dense).toBeCloseTo(1, 1);
      }
    });

    it('leaves meaning out where it has no weight, and words where they have none', async () => {
      const index = await made();
      const texts = async (denseWeight: number) =>
        (await ask(index, { text: 'blue plums', vector: towards(5), denseWeight })).map(({ text }) => text);
      expect(await texts(0)).toEqual(['plums are blue']);
      expect(await texts(1)).toEqual(['anchors hold ships']);
    });

    it('puts what holds the rare word first', async () => {
      const index = await open();
      const common = Array.from({ length: 20 }, (_, place) => `the harbour of town ${place}`);
      await index.add(things, [madeDocument('towns', [...common, 'a lighthouse in a bay'])]);
      const found = await ask(index, { text: 'harbour lighthouse', passages: 3 });
      expect(found[0]?.text).toBe('a lighthouse in a bay');
    });

    it('joins the neighbours without doubling text', async () => {
      const found = await ask(await made(), { text: 'pears cherries', passages: 6, neighbours: 1 });
      expect(found.map(({ text }) => text)).toEqual([fruit.join('\n')]);
      expect(found[0]).toMatchObject({ start: 0, end: fruit.join('\n').length });
    });

    it('joins chunks that overlap', async () => {
      const index = await open();
      const document = madeDocument('one', ['alpha beta gamma delta']);
      const chunk = { headings: ['Greek'], tokens: 3, page: 4 };
      const chunks = [
        { ...chunk, start: 0, end: 16 },
        { ...chunk, start: 11, end: 22 },
      ];
      await index.add(things, [{ ...document, chunks }]);
      const [found] = await ask(index, { text: 'alpha', neighbours: 1 });
      expect(found).toMatchObject({ text: document.text, start: 0, end: 22, page: 4, headings: ['Greek'] });
    });

    it('looks only where the filter lets it', async () => {
      const index = await made();
      const found = async (filter: RetrievalFilter) => {
        const passages = await ask(index, { text: 'sweet', vector: towards(1), passages: 6, filter });
        return [...new Set(passages.map(({ documentId }) => documentId))];
      };
      expect((await found({}))[0]).toBe('fruit');
      expect(await found({ documentIds: ['ships'] })).toEqual(['ships']);
      expect(await found({ documentIds: [] })).toEqual([]);
      expect(await found({ from: 150 })).toEqual(['ships']);
      expect(await found({ until: 150 })).toEqual(['fruit']);
      expect(await found({ from: 101, until: 199 })).toEqual([]);
    });

    it('forgets a document that is removed, and what one said before it changed', async () => {
      const index = await made();
      await index.remove(things, 'ships');
      const found = await ask(index, { text: 'anchors', vector: towards(5), passages: 6 });
      expect(found.length).toBeGreaterThan(0);
      expect(found.every(({ documentId }) => documentId === 'fruit')).toBe(true);
      await index.add(things, [madeDocument('fruit', ['melons are round'])]);
      const texts = (await ask(index, { text: 'pears melons', passages: 6 })).map(({ text }) => text);
      expect(texts).toEqual(['melons are round']);
    });

    it('takes vectors later', async () => {
      const index = await open();
      await index.add(things, [madeDocument('fruit', fruit)]);
      const meaning = { vector: towards(2), denseWeight: 1 };
      expect(await ask(index, meaning)).toEqual([]);
      await index.setVectors(things, 'fruit', directions.slice(0, 28));
      expect((await ask(index, meaning))[0]?.text).toBe('plums are blue');
    });

    it('refuses vectors that do not fit, and passes over those of a removed document', async () => {
      const index = await made();
      await expect(index.setVectors(things, 'fruit', new Float32Array(5))).rejects.toThrow('do not belong');
      await index.remove(things, 'fruit');
      await index.setVectors(things, 'fruit', new Float32Array(28).fill(1));
      expect(await ask(index, { text: 'pears' })).toEqual([]);
    });

    it('finds nothing where nothing fits, and takes any text as words', async () => {
      const index = await made();
      for (const text of ['zebra', '', `' & | ! <-> :* \\ "x"`, 'and the of']) {
        expect(await ask(index, { text })).toEqual([]);
      }
    });
  });
}
