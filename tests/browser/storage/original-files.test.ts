/** Files of documents in the browser's private file system, written and read by more than one tab. */
import { afterEach, expect, test } from 'vitest';
import { OriginalFiles } from '../../../src/storage/original-files';

const { signal } = new AbortController();
const folder = `originals-${crypto.randomUUID()}`;
const name = { collectionId: 'box', id: 'a' };
const contentOf = async (files: OriginalFiles) => (await files.read(name))?.text();

afterEach(async () => {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(folder, { recursive: true }).catch(() => undefined);
});

test('what one tab writes, another reads; a later version takes the place of the earlier', async () => {
  const [one, other] = [new OriginalFiles(folder), new OriginalFiles(folder)];
  expect(await contentOf(one)).toBeUndefined();
  await one.write(name, new Blob(['first']), signal);
  expect(await contentOf(other)).toBe('first');
  await other.write(name, new Blob(['second']), signal);
  expect(await contentOf(one)).toBe('second');
  await one.delete(name);
  expect(await contentOf(other)).toBeUndefined();
  expect(await one.list()).toEqual([]);
});

test('a folder that another tab deleted is made again, and the one that is made there is found', async () => {
  const [one, other] = [new OriginalFiles(folder), new OriginalFiles(folder)];
  await one.write(name, new Blob(['first']), signal);
  await other.deleteCollection('box');
  expect(await contentOf(one)).toBeUndefined();
  await one.write(name, new Blob(['second']), signal);
  expect(await contentOf(other)).toBe('second');
  await other.deleteCollection('box');
  await other.write(name, new Blob(['third']), signal);
  expect(await contentOf(one)).toBe('third');
});
