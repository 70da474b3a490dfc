/** Work that a closed page left undone goes on, by one tab at a time; what is deleted is gone from every place. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { usualRetrieval } from '../../../../src/core/retrieval';
import type { DocumentLibrary } from '../../../../src/state/documents/document-library.svelte';
import { hasUnfinishedDocuments } from '../../../../src/storage/has-unfinished-documents';
import { DocumentsPage, letters, never, soon, textFile } from './documents-page';

let page: DocumentsPage;

beforeEach(() => (page = new DocumentsPage()));
afterEach(() => page.close());

const statesOf = (library: DocumentLibrary) => library.documentsOf('documents').map(({ state }) => state);
const files = ['a', 'b', 'c'].map((name) => textFile(`${name}.txt`, `${name} text`));

/** Reads nothing, as if its page had been closed in the middle. */
async function pausedLibrary(): Promise<DocumentLibrary> {
  const library = await page.openLibrary();
  library.pause();
  return library;
}

test('a pause holds the work, and it goes on in order', async () => {
  const library = await pausedLibrary();
  await library.addFiles('documents', files);
  await expect.poll(() => statesOf(library), soon).toEqual(['waiting', 'waiting', 'waiting']);
  expect(library.work).toMatchObject({ isPaused: true, done: 0, total: 3 });
  expect(await hasUnfinishedDocuments(page.database)).toBe(true);
  library.resume();
  await expect.poll(() => statesOf(library), soon).toEqual(['ready', 'ready', 'ready']);
  expect(await hasUnfinishedDocuments(page.database)).toBe(false);
});

test('a pause is kept with the work, for the page that is opened next', async () => {
  const first = await pausedLibrary();
  await first.addFiles('documents', files);
  const second = await page.openLibrary();
  const { isPaused, total } = second.work;
  expect({ isPaused, total }).toEqual({ isPaused: true, total: 3 });
  first.resume();
  await expect.poll(() => statesOf(first), soon).toEqual(['ready', 'ready', 'ready']);
  expect((await page.openLibrary()).work.isPaused).toBe(false);
});

test('a pause ends with the work that it paused', async () => {
  const library = await pausedLibrary();
  await library.addFiles('documents', files);
  await library.cancelAll();
  expect(library.work.isPaused).toBe(false);
  await library.addFiles('documents', files);
  await expect.poll(() => statesOf(library), soon).toEqual(['ready', 'ready', 'ready']);
});

test('while one tab works another waits, and sees what comes of it; when that one is gone it goes on', async () => {
  const first = await pausedLibrary();
  await first.addFiles('documents', files);
  const second = await page.openLibrary();
  await expect.poll(() => statesOf(second), soon).toEqual(['waiting', 'waiting', 'waiting']);
  await expect.poll(() => second.work.isElsewhere, soon).toBe(true);
  await first.cancelAll();
  first.resume();
  await expect.poll(() => second.work.isElsewhere, soon).toBe(false);
  await second.addFiles('documents', files);
  await expect.poll(() => statesOf(second), soon).toEqual(['ready', 'ready', 'ready']);
});

test('one that waits can be taken out, and leaves nothing behind', async () => {
  const library = await pausedLibrary();
  await library.addFiles('documents', files);
  await expect.poll(() => statesOf(library), soon).toHaveLength(3);
  await library.cancel(library.documentsOf('documents')[0]?.id ?? '');
  expect(await page.originals.list()).toHaveLength(2);
  await library.cancelAll();
  expect(await page.originals.list()).toEqual([]);
  expect((await page.store.readDocuments()).documents).toEqual([]);
});

test('a removed document, and a deleted collection, are gone from the database, the files and the index', async () => {
  const library = await page.openLibrary();
  const { id } = await library.createCollection('Letters');
  await library.setEmbedding(id, letters);
  await library.addFiles(id, files);
  const states = () => library.documentsOf(id).map(({ state }) => state);
  await expect.poll(states, soon).toEqual(['ready', 'ready', 'ready']);
  const retriever = await library.retriever(id);
  const settings = { ...usualRetrieval, denseWeight: 0 };
  const find = async () => (await retriever.search({ text: 'text', settings }, never())).length;
  expect(await find()).toBe(3);
  const count = async (table: 'documents' | 'documentTexts' | 'documentVectors') =>
    (await page.database.connect()).count(table);

  await library.remove(library.documentsOf(id)[0]?.id ?? '');
  expect(await find()).toBe(2);
  expect(await Promise.all([count('documents'), count('documentTexts'), count('documentVectors')])).toEqual([
    2, 2, 2,
  ]);
  expect(await page.originals.list()).toHaveLength(2);

  await library.deleteCollection(id);
  expect(await Promise.all([count('documents'), count('documentTexts'), count('documentVectors')])).toEqual([
    0, 0, 0,
  ]);
  expect(await page.originals.list()).toEqual([]);
  expect(library.collections.map(({ name }) => name)).toEqual(['Documents']);
  await expect(find()).rejects.toThrow('deleted');
});

test('a file that no row names is removed when the library is opened', async () => {
  const name = { collectionId: 'documents', id: 'nobody' };
  await page.originals.write(name, new Blob(['left over']), never());
  const library = await page.openLibrary();
  await expect.poll(() => page.originals.list(), soon).toEqual([]);
  expect(library.isOpen).toBe(true);
});
