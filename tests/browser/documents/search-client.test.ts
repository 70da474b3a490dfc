/** The search worker in a real browser: what it finds, in which order it answers, and how it ends. */
import { afterEach, expect, test } from 'vitest';
import { usualRetrieval } from '../../../src/core/retrieval';
import { SearchClient } from '../../../src/documents/search/search-client';
import { startedWorkers } from '../../../src/platform/start-worker';
import { madeDocument } from '../../unit/documents/search/made-documents';

const settings = { ...usualRetrieval, passages: 1, neighbours: 0 };
const never = new AbortController().signal;
let client = new SearchClient();
afterEach(() => client.dispose());

test('documents are found by words and by meaning, off the main thread', async () => {
  client = new SearchClient();
  const vectors = Float32Array.of(1, 0, 0, 1);
  await client.add('c', [
    madeDocument('a', ['the moon is far', 'rivers run to the sea'], { vectors, language: 'en' }),
  ]);
  expect(vectors.length).toBe(0);
  const byWord = await client.search('c', { text: 'moon', settings }, never);
  expect(byWord.passages[0]?.text).toBe('the moon is far');
  const byMeaning = await client.search('c', { text: 'x', vector: Float32Array.of(0, 2), settings }, never);
  expect(byMeaning.passages[0]?.text).toBe('rivers run to the sea');
  expect(byMeaning.passages[0]?.scores.dense).toBeCloseTo(1, 2);
  expect([...startedWorkers()].some((url) => url.includes('search.worker'))).toBe(true);
});

test('vectors that come later are used, and what is removed is gone', async () => {
  client = new SearchClient();
  await client.add('c', [madeDocument('a', ['one', 'two']), madeDocument('b', ['three'])]);
  await client.setVectors('c', 'a', Float32Array.of(1, 0, 0, 1));
  await client.setVectors('c', 'b', Float32Array.of(1, 1));
  const ask = async () => {
    const found = await client.search('c', { text: '', vector: Float32Array.of(1, 1), settings }, never);
    return found.passages[0]?.text;
  };
  expect(await ask()).toBe('three');
  await client.remove('c', 'b');
  expect(await ask()).not.toBe('three');
  await client.drop('c');
  await expect(ask()).rejects.toMatchObject({ name: 'BackendError' });
});

test('requests are answered in order, and one that nobody waits for does not hold up the others', async () => {
  client = new SearchClient();
  await client.add('c', [madeDocument('a', ['stars shine'])]);
  const order: string[] = [];
  const leave = new AbortController();
  const ask = (text: string, signal: AbortSignal) =>
    client.search('c', { text, settings }, signal).then(
      (found) => void order.push(`${text} ${found.passages.length}`),
      (thrown: unknown) => void order.push(`${text} ${String(thrown)}`),
    );
  const all = [
    ask('stars', never),
    client.add('c', [madeDocument('b', ['moons rise'])]).then(() => void order.push('added')),
    ask('left', leave.signal),
    ask('moons', never),
  ];
  leave.abort('enough');
  await Promise.all(all);
  expect(order).toEqual(['left enough', 'stars 1', 'added', 'moons 1']);
});

test('an aborted search does not start, and a signal that is aborted before is thrown', async () => {
  client = new SearchClient();
  const asked = client.search('c', { text: 'x', settings }, AbortSignal.abort('no'));
  await expect(asked).rejects.toBe('no');
});

test('a worker that breaks rejects what is pending and says so once; the next one starts empty', async () => {
  const started: Worker[] = [];
  const RealWorker = globalThis.Worker;
  globalThis.Worker = class extends RealWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      started.push(this);
    }
  };
  let lost = 0;
  client = new SearchClient(() => lost++);
  try {
    await client.add('c', [madeDocument('a', ['stars shine'])]);
    // Nothing that the page sends looks like this: reading it throws, outside of any request.
    started[0]?.postMessage(null);
    const search = async () => (await client.search('c', { text: 'stars', settings }, never)).passages;
    await expect(Promise.all([search(), search()])).rejects.toMatchObject({
      name: 'BackendError',
      code: 'internal',
      message: 'Searching stopped unexpectedly.',
    });
    expect(lost).toBe(1);
    await expect(search()).rejects.toMatchObject({ message: 'This collection has not been read in yet.' });
    await client.add('c', [madeDocument('a', ['stars shine'])]);
    expect(await search()).toHaveLength(1);
    expect(started).toHaveLength(2);
  } finally {
    globalThis.Worker = RealWorker;
  }
});
