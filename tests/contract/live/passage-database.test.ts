/** A real PostgreSQL with pgvector behind a real relay keeps the contract of all indexes of passages, and its own. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DatabaseSettings } from '../../../relay/settings/settings';
import { usualRetrieval } from '../../../src/core/retrieval';
import { DatabaseIndex } from '../../../src/retrievers/database/database-index';
import { madeDocument } from '../../unit/documents/search/made-documents';
import { runningRelay } from '../../unit/relay/support/running-relay';
import { passageIndexContract, testedDimensions } from '../support/passage-index-contract';

const url = process.env.PGVECTOR_URL ?? '';
const place = { id: 'shelf', label: 'Shelf' };
const never = new AbortController().signal;

/** A table of its own for each test. */
async function opened(more: Partial<DatabaseSettings> = {}) {
  const table = `test_${randomBytes(6).toString('hex')}`;
  const database = {
    ...place,
    url,
    table,
    dimensions: testedDimensions,
    language: 'english',
    allowsChanges: true,
    ...more,
  } as const;
  onTestFinished(async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`DROP TABLE IF EXISTS ${table}_passages, ${table}_documents`);
    await client.end();
  });
  const relay = await runningRelay({ databases: [database], bodyLimitBytes: 32 * 1024 * 1024 });
  return { relay, index: new DatabaseIndex(place, () => 'model', relay.url), table };
}

describe.skipIf(url === '')('PostgreSQL with pgvector', () => {
  passageIndexContract(async () => (await opened()).index);

  const asking = (text: string) => ({ text, settings: { ...usualRetrieval, neighbours: 0 } });

  it('keeps what is in it beyond the page, for all who use it, and lets only its owner take it out', async () => {
    const { relay, index } = await opened();
    await index.add('mine', [madeDocument('fruit', ['pears are sweet'], { content: 'v1' })]);
    const other = new DatabaseIndex(place, () => 'model', relay.url);
    expect(await other.kept('mine')).toEqual(new Map([['fruit', { text: 'v1', model: '' }]]));
    expect(await other.kept('theirs')).toEqual(new Map());
    const {
      passages: [found],
    } = await other.search('theirs', asking('pears'), never);
    expect(found).toMatchObject({ documentName: 'fruit.txt', text: 'pears are sweet' });
    // It is not kept in that page, so nothing of it can be opened there.
    expect(found).not.toHaveProperty('documentId');
    expect(found).not.toHaveProperty('start');
    await other.remove('theirs', 'fruit');
    await other.drop('theirs');
    await expect(other.add('theirs', [madeDocument('fruit', ['x'])])).rejects.toThrow('another page');
    expect((await index.search('mine', asking('pears'), never)).passages).toHaveLength(1);
    await index.drop('mine');
    expect((await index.search('mine', asking('pears'), never)).passages).toEqual([]);
  });

  it('does not compare vectors of different models', async () => {
    const { relay, index } = await opened();
    const vectors = new Float32Array(testedDimensions).fill(1);
    await index.add('mine', [madeDocument('fruit', ['pears'], { vectors: vectors.slice() })]);
    const other = new DatabaseIndex(place, () => 'another model', relay.url);
    const query = { text: '', vector: vectors, settings: { ...usualRetrieval, denseWeight: 1 } };
    expect((await index.search('mine', query, never)).passages).toHaveLength(1);
    expect((await other.search('mine', query, never)).passages).toEqual([]);
  });

  it('says what it cannot take, and keeps what was there', async () => {
    const { index } = await opened();
    await index.add('mine', [madeDocument('fruit', ['pears are sweet'])]);
    const wrong = madeDocument('fruit', ['plums'], { vectors: new Float32Array(3).fill(1) });
    await expect(index.add('mine', [wrong])).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining('vectors of 7 numbers') as string,
    });
    expect((await index.search('mine', asking('pears'), never)).passages).toHaveLength(1);
    await index.add('mine', [madeDocument('odd', ['a\0b kumquat'])]);
    expect((await index.search('mine', asking('kumquat'), never)).passages).toHaveLength(1);
  });

  it('changes nothing where its configuration does not allow it', async () => {
    const { relay, table, index } = await opened();
    await index.add('mine', [madeDocument('fruit', ['pears are sweet'])]);
    const reading = await runningRelay({
      databases: [
        {
          ...place,
          url,
          table,
          dimensions: testedDimensions,
          language: 'english',
          allowsChanges: false,
        },
      ],
    });
    expect(reading.url).not.toBe(relay.url);
    const reader = new DatabaseIndex(place, () => 'model', reading.url);
    expect((await reader.search('mine', asking('pears'), never)).passages).toHaveLength(1);
    for (const change of [reader.drop('mine'), reader.remove('mine', 'fruit')]) {
      await expect(change).rejects.toThrow('allows no changes');
    }
    expect((await index.search('mine', asking('pears'), never)).passages).toHaveLength(1);
  });

  it('finds the nearest of many, with and without a filter', async () => {
    const { index } = await opened();
    const lines = Array.from({ length: 1500 }, (_, place) => `line ${place}`);
    const vectors = Float32Array.from({ length: 1500 * testedDimensions }, (_, at) => Math.sin(at * 12.9898));
    await index.add('mine', [
      madeDocument('many', lines, { vectors: vectors.slice() }),
      madeDocument('few', ['the only one'], { vectors: vectors.slice(0, 7) }),
    ]);
    const vector = vectors.slice(700, 707);
    const settings = { ...usualRetrieval, denseWeight: 1, neighbours: 0, passages: 1 };
    expect((await index.search('mine', { text: '', vector, settings }, never)).passages[0]?.text).toBe(
      'line 100',
    );
    const filter = { documentIds: ['few'] };
    const {
      passages: [only],
    } = await index.search('mine', { text: '', vector, settings, filter }, never);
    expect(only?.text).toBe('the only one');
  });
});

it('a database that is not there is said to be away, without its address', async () => {
  const relay = await runningRelay({
    connectTimeoutMs: 1000,
    databases: [
      {
        ...place,
        url: 'postgres://ann:secret@127.0.0.1:9/db',
        table: 't',
        dimensions: 3,
        language: 'english',
        allowsChanges: true,
      },
    ],
  });
  const index = new DatabaseIndex(place, () => undefined, relay.url);
  const failure = await index.kept('mine').catch((thrown: unknown) => thrown);
  expect(failure).toMatchObject({ code: 'unreachable' });
  expect(JSON.stringify(failure) + String(failure)).not.toMatch(/secret|127\.0\.0\.1/);
});
