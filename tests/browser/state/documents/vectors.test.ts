/** Vectors by a server: made in the background, made again for another model, and never a reason to lose a document. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { usualRetrieval } from '../../../../src/core/retrieval';
import type { DocumentLibrary } from '../../../../src/state/documents/document-library.svelte';
import { DocumentsPage, lengths, letters, never, soon, textFile } from './documents-page';

let page: DocumentsPage;
let library: DocumentLibrary;

beforeEach(async () => {
  page = new DocumentsPage();
  library = await page.openLibrary();
});
afterEach(() => page.close());

const items = () => library.documentsOf('documents');
const states = () => items().map(({ state }) => state);
const two = [textFile('a.txt', 'zzz zzz zz'), textFile('b.txt', 'abc abc abc')];

async function search(text: string, settings = usualRetrieval) {
  const retriever = await library.retriever('documents');
  const passages = await retriever.search({ text, settings }, never());
  const { lastNotices: notices = [], lastRemarks: remarks = [] } = retriever;
  return { passages, notices, remarks };
}

test('a document is found by words at once, and by meaning when its vectors are there', async () => {
  let answer = (): void => undefined;
  page.mayAnswer = new Promise((resolve) => (answer = resolve));
  await library.setEmbedding('documents', letters);
  await library.addFiles('documents', two);
  await expect.poll(states, soon).toEqual(['embedding', 'embedding']);
  answer();
  await expect.poll(states, soon).toEqual(['ready', 'ready']);
  // No word of it is in the document: its letters are.
  const { passages, notices } = await search('zzzzz');
  expect(notices).toEqual([]);
  expect(passages[0]?.documentName).toBe('a.txt');
  expect(passages[0]?.scores.dense).toBeGreaterThan(0.99);
  expect(library.collection('documents')?.embedding?.dimensions).toBe(26);
  expect(library.work.total).toBe(0);
});

test('without an embedding model words are searched, and that is said', async () => {
  await library.addFiles('documents', two);
  await expect.poll(states, soon).toEqual(['ready', 'ready']);
  const { passages, notices, remarks } = await search('abc');
  expect(passages.map(({ documentName }) => documentName)).toEqual(['b.txt']);
  expect(passages[0]?.scores.dense).toBeUndefined();
  expect(remarks[0]).toContain('no embedding model');
  expect(notices).toEqual([]);
});

test('another model makes all vectors anew, and the old ones are gone', async () => {
  await library.setEmbedding('documents', letters);
  await library.addFiles('documents', two);
  await expect.poll(states, soon).toEqual(['ready', 'ready']);
  await search('abc');
  await library.setEmbedding('documents', lengths);
  // What is shown comes a frame later than what is kept.
  const readRow = () => page.store.readVectors(items()[0]?.id ?? '');
  await expect.poll(async () => (await readRow())?.model, soon).toBe('server lengths-embed ');
  const row = await readRow();
  expect([...(row?.vectors ?? [])]).toEqual([1, 10, 3]);
  await expect.poll(states, soon).toEqual(['ready', 'ready']);
  // A vector of another length in the index would fail the search.
  expect((await search('abc')).passages[0]?.scores.dense).toBeDefined();
  await library.setEmbedding('documents', undefined);
  await expect.poll(readRow, soon).toBeUndefined();
  await expect.poll(states, soon).toEqual(['ready', 'ready']);
  expect((await search('abc')).passages[0]?.scores.dense).toBeUndefined();
});

test('a model that counts otherwise cuts anew, and until its vectors are there the old passages are found', async () => {
  const tokenizer = await fetch('/tests/fixtures/tiny-embedder/tokenizer.json');
  const file = await tokenizer.blob();
  library = await page.openLibrary({
    tokenizerOf: ({ modelId }) =>
      Promise.resolve(modelId === lengths.modelId ? { id: 'tiny', file } : undefined),
  });
  // Long words, each of which is one token to this model: the estimate is far too high.
  const long = Array.from(
    { length: 100 },
    (_, line) => `Incomprehensibilities notwithstanding ${line}.`,
  ).join(' ');
  await library.setEmbedding('documents', letters);
  await library.addFiles('documents', [textFile('long.txt', long)]);
  await expect.poll(states, soon).toEqual(['ready']);
  const id = items()[0]?.id ?? '';
  const chunksOf = async () => (await page.store.readText(id))?.chunks ?? [];
  const before = await chunksOf();
  expect(items()[0]).toMatchObject({ chunkCount: before.length });
  expect(items()[0]?.countedBy).toBeUndefined();

  let answer = (): void => undefined;
  page.mayAnswer = new Promise((resolve) => (answer = resolve));
  await library.setEmbedding('documents', lengths);
  await expect.poll(() => items()[0]?.progress, soon).toBe(0);
  expect((await search('notwithstanding 99', { ...usualRetrieval, denseWeight: 0 })).passages).not.toEqual(
    [],
  );
  await library.cancel(id);
  expect(await chunksOf()).toEqual(before);
  answer();
  await library.retry(id);
  await expect.poll(() => items()[0]?.countedBy, soon).toBe('tiny');

  const after = await chunksOf();
  expect(after.length).toBeLessThan(before.length);
  expect(items()[0]).toMatchObject({ state: 'ready', chunkCount: after.length });
  expect((await page.store.readVectors(id))?.vectors).toHaveLength(3 * after.length);
  const texts = after.map(({ start, end }) => long.slice(start, end));
  expect(page.asked.at(-1)?.input).toEqual(texts);
  // The index has the new passages, with their vectors.
  const { passages } = await search('notwithstanding 99');
  expect(passages[0]?.scores.dense).toBeDefined();
  expect(passages[0]?.text).toContain('notwithstanding 99');
});

test('a server that fails stops the vectors and nothing else; they are made when it is tried again', async () => {
  page.failWith = 500;
  await library.setEmbedding('documents', letters);
  await library.addFiles('documents', two);
  await expect.poll(() => library.work.embeddingErrors.get('documents')?.code, soon).toBe('server-failed');
  await expect.poll(states, soon).toEqual(['embedding', 'embedding']);
  const { passages, notices } = await search('abc');
  expect(passages.map(({ documentName }) => documentName)).toEqual(['b.txt']);
  expect(notices?.join(' ')).toContain('words of the question alone');
  page.failWith = undefined;
  library.retryEmbedding('documents');
  await expect.poll(states, soon).toEqual(['ready', 'ready']);
  expect(library.work.embeddingErrors.size).toBe(0);
});

test('vectors that are stopped leave the document to be found by words, and can be made later', async () => {
  let answer = (): void => undefined;
  page.mayAnswer = new Promise((resolve) => (answer = resolve));
  await library.setEmbedding('documents', letters);
  await library.addFiles('documents', [textFile('a.txt', 'zzz zzz zz')]);
  await expect.poll(states, soon).toEqual(['embedding']);
  const id = items()[0]?.id ?? '';
  await library.cancel(id);
  await expect.poll(() => items()[0], soon).toMatchObject({ state: 'ready', isKeywordsOnly: true });
  answer();
  await library.retry(id);
  await expect.poll(async () => (await page.store.readVectors(id))?.vectors.length, soon).toBe(26);
});

test('models that make vectors are offered, with where they are', async () => {
  const offers = await library.embeddingChoices(never());
  expect(offers.map(({ choice, isRemote, where }) => [choice.modelId, isRemote, where])).toEqual([
    ['lengths-embed', true, 'Vectors'],
    ['letters-embed', true, 'Vectors'],
  ]);
});
