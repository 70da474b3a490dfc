import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type KeywordChunk, KeywordIndex } from '../../../../src/documents/keywords/keyword-index';
import { plainSearch } from './plain-search';

const chunk = (text: string, ...headings: string[]): KeywordChunk => ({ text, headings });

/** Ids of the documents that are found, best first. */
function found(texts: Readonly<Record<string, string>>, query: string): string[] {
  const index = new KeywordIndex();
  for (const [id, text] of Object.entries(texts)) index.add(id, [chunk(text)]);
  return index.search(query, 10).map(({ documentId }) => documentId);
}

test('a hit names its document and chunk, and headings count', () => {
  const index = new KeywordIndex();
  index.add('one', [chunk('Apples are red.'), chunk('Pears are green.', 'Fruit', 'Pears')], 'en');
  index.add('two', [chunk('A pear fell from the tree.')], 'en');
  const hits = index.search('pears', 10);
  expect(hits.map(({ documentId, chunk: place }) => [documentId, place])).toEqual([
    ['one', 1],
    ['two', 0],
  ]);
  expect(index.search('fruit', 10)).toHaveLength(1);
  expect(index.search('pears', 1)).toEqual(hits.slice(0, 1));
  expect(index.search('pears', 10, (id) => id === 'two')).toEqual(hits.slice(1));
});

test('nothing is found by nothing, by stop words and by unknown words', () => {
  const index = new KeywordIndex();
  expect(index.search('wing', 10)).toEqual([]);
  index.add('one', [chunk('The wing of the aircraft')], 'en');
  for (const query of ['', ' . ', 'the of', 'propeller']) expect(index.search(query, 10)).toEqual([]);
  expect(index.search('wing', 0)).toEqual([]);
});

test('how much of a question a chunk covers: rare words count more, most of all those that no chunk has', () => {
  const index = new KeywordIndex();
  const common = Array.from({ length: 30 }, (_, place) => chunk(`the wing of aircraft ${place}`));
  index.add('wings', [...common, chunk('a wing with slots', 'Stall')], 'en');
  const covers = (query: string, place: number): number => index.coverage(query)('wings', place);
  expect(covers('What is a wing with slots?', 30)).toBe(1);
  expect(covers('Does a stalling wing have slots?', 30)).toBe(1);
  expect(covers('wings and slots', 0)).toBeLessThan(0.1);
  expect(covers('slots of marmalade', 30)).toBeLessThan(0.5);
  for (const nothing of ['', 'what is the', 'marmalade']) expect(covers(nothing, 30)).toBe(0);
  expect(index.coverage('wing')('unknown', 0)).toBe(0);
});

describe('stems', () => {
  test.each([
    ['en', 'The engineers were measuring pressures.', 'measure pressure'],
    ['de', 'Die Häuser in den Städten wurden verkauft.', 'Haus Stadt'],
    ['fr', 'Les étudiants mangeaient des pommes dans leurs maisons.', 'maison étudiant'],
    ['es', 'Las canciones que cantaban los niños eran alegres.', 'canción niño'],
    ['it', 'I ragazzi mangiavano le mele nelle case degli amici.', 'ragazzo mela'],
    ['pt', 'As crianças cantavam nas casas dos vizinhos.', 'criança vizinho'],
    ['nl', 'De kinderen speelden met de boeken van hun ouders.', 'boek ouder'],
    ['sv', 'Flickorna läste böckerna om hästarna.', 'flicka häst'],
    ['ru', 'Книги лежали на столах в больших комнатах.', 'книга стол комната'],
  ])('%s', (language, text, query) => {
    const index = new KeywordIndex();
    index.add('it', [chunk(text)], language);
    for (const word of query.split(' ')) expect(index.search(word, 10), word).toHaveLength(1);
  });
});

test.each([
  ['Der Müller mahlt das Korn.', ['Müller', 'Muller', 'Mueller', 'MÜLLER', 'mu\u0308ller']],
  ['Die Straße ist lang.', ['Strasse', 'straße']],
  ['Un café à l’hôtel', ['cafe', 'café', 'hotel', 'hôtel']],
  ['The ﬁrst “naïve” co\u00adoperation', ['naive', 'cooperation']],
  ['ＦＵＬＬ ｗｉｄｔｈ', ['full', 'width']],
  ['Ελληνικός λόγος', ['λογος', 'ΛΌΓΟΣ']],
  ['Ёлка и йод', ['елка', 'ёлка', 'йод']],
  [
    'Sold for 1,250,000 or 3.75 on 29.11.2026',
    ['1250000', '1.250.000', '3.75', '3,75', '2026', '29.11.2026'],
  ],
  [
    'call getUserName(HTMLParser, max_retry_count)',
    ['getUserName', 'user', 'getusername', 'parser', 'html', 'retry', 'max_retry_count', 'maxRetryCount'],
  ],
  ['水は冷たい。東京都に住む', ['東京', '冷たい', '水']],
  ['대한민국의 수도는 서울이다', ['서울', '수도']],
  ['ภาษาไทยง่าย', ['ภาษา', 'ไทย']],
  ['Emoji 😀smile', ['smile']],
])('“%s” is found as people write it', (text, queries) => {
  for (const query of queries) expect(found({ it: text, other: 'zzz' }, query), query).toEqual(['it']);
});

test('й is no и, and a plain word does not find what only looks alike', () => {
  expect(found({ it: 'йод' }, 'иод')).toEqual([]);
});

test('each document is searched in its own language', () => {
  const texts = {
    en: 'The house on the hill was sold with all of its rooms to a family that came from the city.',
    de: 'Das Haus auf dem Hügel wurde mit allen Zimmern an eine Familie verkauft, die aus der Stadt kam.',
    fr: 'La maison sur la colline a été vendue avec toutes ses chambres à une famille qui venait de la ville.',
  };
  expect(found(texts, 'houses')).toEqual(['en']);
  expect(found(texts, 'Häuser')).toEqual(['de']);
  expect(found(texts, 'maisons')).toEqual(['fr']);
  expect(found(texts, 'family famille Familie').toSorted()).toEqual(['de', 'en', 'fr']);
  // “die” is a word in English, and none to search for in German.
  expect(
    found({ ...texts, more: 'All of the men in the story die at the end of it.' }, 'Was ist die Stadt?'),
  ).toEqual(['de']);
});

const words = [
  'wing',
  'wings',
  'flow',
  'flows',
  'flowing',
  'plate',
  'the',
  'of',
  'Heat_flow',
  'x1',
  '3.5',
  'é',
  'e',
  'boundary',
];
const text = fc.array(fc.constantFrom(...words), { maxLength: 90 }).map((all) => all.join(' '));
const chunks = fc.array(
  fc.record({
    text,
    headings: fc.array(
      text.map((one) => one.slice(0, 30)),
      { maxLength: 2 },
    ),
  }),
  { maxLength: 4 },
);
const step = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), chunks: fc.option(chunks) });

test('scores are those of a plain reckoning, whatever was added, replaced and removed before', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 14 }),
      text,
      fc.integer({ min: 1, max: 9 }),
      (steps, query, limit) => {
        const index = new KeywordIndex();
        const kept = new Map<string, readonly KeywordChunk[]>();
        for (const [place, { id, chunks: own }] of steps.entries()) {
          kept.delete(id);
          if (own) {
            kept.set(id, own);
            index.add(id, own, 'en');
          } else index.remove(id);
          if (place % 3 === 0) index.search(query, limit);
        }
        const expected = plainSearch(kept, query);
        const hits = index.search(query, limit);
        expect(hits).toHaveLength(Math.min(limit, expected.length));
        hits.forEach(({ documentId, chunk: place, score }, rank) => {
          expect(score).toBeCloseTo(expected[rank]?.score ?? 0, 9);
          const own = expected.find((one) => one.documentId === documentId && one.chunk === place);
          expect(score).toBeCloseTo(own?.score ?? 0, 9);
        });
      },
    ),
  );
});

test('removing everything leaves nothing', () => {
  fc.assert(
    fc.property(fc.array(chunks, { maxLength: 5 }), text, (documents, query) => {
      const index = new KeywordIndex();
      documents.forEach((own, place) => index.add(`${place}`, own, 'en'));
      documents.forEach((_own, place) => index.remove(`${place}`));
      expect(index.size).toBe(0);
      expect(index.search(query, 10)).toEqual([]);
      index.add('new', [chunk('wing flow plate')], 'en');
      const [expected] = plainSearch(new Map([['new', [chunk('wing flow plate')]]]), 'wing');
      expect(index.search('wing', 10)).toEqual([{ documentId: 'new', chunk: 0, score: expected?.score }]);
    }),
  );
});
