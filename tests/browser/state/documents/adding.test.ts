/** What becomes of files that are added, added again, changed, or no longer there. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { usualRetrieval } from '../../../../src/core/retrieval';
import type { DocumentLibrary } from '../../../../src/state/documents/document-library.svelte';
import { DocumentsPage, never, soon, textFile } from './documents-page';

let page: DocumentsPage;
let library: DocumentLibrary;

beforeEach(async () => {
  page = new DocumentsPage();
  library = await page.openLibrary();
});
afterEach(() => page.close());

const items = () => library.documentsOf('documents');
const states = () => Object.fromEntries(items().map(({ name, state }) => [name, state]));

async function found(text: string): Promise<string[]> {
  const retriever = await library.retriever('documents');
  const passages = await retriever.search({ text, settings: usualRetrieval }, never());
  return passages.map(({ documentName }) => documentName);
}

test('there is one collection from the start, and another page finds the same', async () => {
  expect(library.collections.map(({ name }) => name)).toEqual(['Documents']);
  expect((await page.openLibrary()).collections).toEqual(library.collections);
});

test('files are read, found by their words, and kept as they were', async () => {
  const report = await library.addFiles('documents', [
    textFile('rivers.md', '# Rivers\n\nThe Danube flows through ten countries.'),
    textFile('trees.txt', 'Oaks grow slowly.'),
  ]);
  expect(report).toEqual({ added: 2, changed: 0, known: 0, refused: [], missing: [], notices: [] });
  await expect.poll(states, soon).toEqual({ 'rivers.md': 'ready', 'trees.txt': 'ready' });
  expect(await found('Which countries does the Danube cross?')).toEqual(['rivers.md']);
  const rivers = items().find(({ name }) => name === 'rivers.md');
  expect(rivers).toMatchObject({ kind: 'markdown', chunkCount: 1, bytes: 49 });
  const original = await library.original(rivers?.id ?? '');
  expect(await original?.text()).toContain('# Rivers');
  expect((await library.text(rivers?.id ?? '')).text).toContain('ten countries');
  expect(library.work).toMatchObject({ done: 0, total: 0, doing: [] });
});

test('the SHA-256 of the bytes is kept, as others reckon it', async () => {
  await library.addFiles('documents', [textFile('abc.txt', 'abc')]);
  // FIPS 180-4, the example for “abc”.
  expect((await page.store.readDocuments()).documents[0]?.sha256).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});

test('what is known is passed over, and what changed takes the place of the old', async () => {
  await library.addFiles('documents', [textFile('a.txt', 'zebras graze', 'box/a.txt')]);
  await expect.poll(states, soon).toEqual({ 'a.txt': 'ready' });
  const [before] = items();
  expect(await found('zebras')).toEqual(['a.txt']);
  const again = await library.addFiles('documents', [
    textFile('a.txt', 'zebras graze', 'box/a.txt'),
    textFile('copy.txt', 'zebras graze'),
  ]);
  expect(again).toMatchObject({ added: 0, known: 2 });
  const changed = await library.addFiles('documents', [textFile('a.txt', 'llamas spit', 'box/a.txt')]);
  expect(changed).toMatchObject({ added: 0, changed: 1 });
  // What is shown comes a frame later than what is kept.
  await expect.poll(() => found('llamas'), soon).toEqual(['a.txt']);
  expect(items()).toHaveLength(1);
  expect(items()[0]?.id).toBe(before?.id);
  expect(await found('zebras')).toEqual([]);
  expect(await (await library.original(before?.id ?? ''))?.text()).toBe('llamas spit');
});

test('a folder that is added again tells which files are gone, and follows one that was renamed', async () => {
  await library.addFiles('documents', [
    textFile('a.txt', 'first', 'box/a.txt'),
    textFile('b.txt', 'second', 'box/deep/b.txt'),
    textFile('c.txt', 'third', 'other/c.txt'),
  ]);
  const report = await library.addFiles('documents', [textFile('renamed.txt', 'first', 'box/renamed.txt')]);
  expect(report).toMatchObject({ added: 0, known: 1 });
  expect(report.missing.map(({ path }) => path)).toEqual(['box/deep/b.txt']);
  await expect.poll(() => items().map(({ path }) => path), soon).toContain('box/renamed.txt');
  for (const { id } of report.missing) await library.remove(id);
  await expect
    .poll(() =>
      items()
        .map(({ name }) => name)
        .sort(),
    )
    .toEqual(['c.txt', 'renamed.txt']);
});

test('a file that cannot be read stops no other: some are refused, some fail with the reason', async () => {
  const picture = new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0])], 'a.png');
  const report = await library.addFiles('documents', [
    { file: picture },
    { file: new File([], 'empty.txt') },
    { file: new File(['%PDF-1.7\nbroken'], 'broken.pdf') },
    textFile('fine.txt', 'fine'),
    textFile('.DS_Store', 'nothing', 'box/.DS_Store'),
  ]);
  expect(report.refused.map(({ name }) => name)).toEqual(['a.png', 'empty.txt']);
  expect(report.refused[0]?.why).toContain('picture');
  await expect.poll(states, soon).toEqual({ 'broken.pdf': 'failed', 'fine.txt': 'ready' });
  const broken = items().find(({ name }) => name === 'broken.pdf');
  expect(broken?.error).toMatchObject({ code: 'unreadable-document' });
  expect(await page.store.readText(broken?.id ?? '')).toBeUndefined();
  await library.retry(broken?.id ?? '');
  await expect.poll(() => library.work.total, soon).toBe(0);
  await expect.poll(states, soon).toEqual({ 'broken.pdf': 'failed', 'fine.txt': 'ready' });
});

test('where there is no space for one file, that is said, and the others are kept', async () => {
  const { createWritable } = FileSystemFileHandle.prototype;
  let files = 0;
  vi.spyOn(FileSystemFileHandle.prototype, 'createWritable').mockImplementation(async function (
    this: FileSystemFileHandle,
  ) {
    files++;
    if (files === 2) throw new DOMException('Full', 'QuotaExceededError');
    return createWritable.call(this);
  });
  const report = await library.addFiles('documents', [
    textFile('a.txt', 'one'),
    textFile('b.txt', 'two'),
    textFile('c.txt', 'three'),
  ]);
  expect(report.added).toBe(2);
  expect(report.refused).toHaveLength(1);
  expect(report.refused[0]?.why).toContain('no space left');
  await expect.poll(states, soon).toEqual({ 'a.txt': 'ready', 'c.txt': 'ready' });
  expect(await page.originals.list()).toHaveLength(2);
});

test('where the browser keeps no files, documents are read all the same, and it is said', async () => {
  vi.spyOn(page.originals, 'isAvailable').mockResolvedValue(false);
  const report = await library.addFiles('documents', [textFile('a.txt', 'held in memory')]);
  expect(report.notices).toHaveLength(1);
  await expect.poll(states, soon).toEqual({ 'a.txt': 'ready' });
  expect(await found('memory')).toEqual(['a.txt']);
  expect(await library.original(items()[0]?.id ?? '')).toBeUndefined();
  const reloaded = await page.openLibrary();
  expect(reloaded.documentsOf('documents').map(({ state }) => state)).toEqual(['ready']);
});

test('text that was pasted, and an address of this origin', async () => {
  await library.addText('documents', 'Note', 'Call the plumber.');
  const address = new URL('/tests/fixtures/tiny-embedder/config.json', location.href).href;
  await library.addUrl('documents', address, never());
  await expect.poll(states, soon).toEqual({ 'Note.txt': 'ready', 'config.json': 'ready' });
  expect(items().find(({ name }) => name === 'config.json')?.url).toBe(address);
  await expect(library.addUrl('documents', 'ftp://x', never())).rejects.toThrow('no address');
  await expect(library.addUrl('documents', 'http://localhost:9/x.pdf', never())).rejects.toMatchObject({
    code: 'unreachable',
  });
});
