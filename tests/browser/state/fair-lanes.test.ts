/** What bears on the answers of lanes, gathered from all over the page, and put on a level. */
import { deleteDB } from 'idb';
import { afterEach, expect, test, vi } from 'vitest';
import { fairnessRows } from '../../../src/compare/fairness/fairness-rows';
import { makeEqual } from '../../../src/compare/fairness/make-equal';
import { laneFactsOf } from '../../../src/state/comparison/lane-facts-of';
import { makeLanesEqual } from '../../../src/state/comparison/make-lanes-equal';
import { paramTables } from '../../../src/state/comparison/param-tables';
import { priceOf, setPrice } from '../../../src/state/comparison/prices';
import { openComparison, type OpenedComparison } from './open-comparison';

let opened: OpenedComparison;
afterEach(async () => {
  opened.session.close();
  vi.restoreAllMocks();
  await deleteDB(opened.database.name);
});

async function factsNow() {
  const { session, backends, settings } = opened;
  const tables = await paramTables(
    session.lanes.map(({ row }) => row.backendId),
    backends,
  );
  return session.lanes.map((lane) =>
    laneFactsOf(lane, { backends, settings, tables, collectionNames: new Map() }),
  );
}

test('lanes that differ are made equal, and put back as they were', async () => {
  const own = { params: { temperature: 0.1 }, systemPrompt: 'Be brief.' };
  opened = await openComparison([{ modelId: 'm', own }, { modelId: 'n' }], () => 'Yes.');
  const { session } = opened;
  const before = await factsNow();
  expect(before).toMatchObject([
    { kind: 'vllm', version: '0.12.0', contextLength: 2048, systemPrompt: 'Be brief.' },
    { contextLength: 8192, systemPrompt: '' },
  ]);
  const topics = (facts: typeof before) =>
    fairnessRows(facts)
      .filter(({ verdict }) => verdict === 'different')
      .map(({ topic }) => topic);
  expect(topics(before)).toEqual(['systemPrompt', 'contextLength']);

  const undo = makeLanesEqual(session, makeEqual(before, session.common).common);
  // A window that a server was started with stays as it is.
  expect(topics(await factsNow())).toEqual(['contextLength']);
  expect(session.lanes.every(({ isLinked }) => isLinked)).toBe(true);
  expect(session.common.params).toMatchObject({ temperature: 0.7, topK: 0, seed: 1 });

  undo();
  expect(session.common).toEqual({ params: {}, systemPrompt: '' });
  expect(session.lanes.map(({ row }) => row.own)).toEqual([own, undefined]);
});

test('a backend that is not set up any more has no table, and hinders none', async () => {
  opened = await openComparison([{ modelId: 'm' }], () => 'Yes.');
  expect([...(await paramTables(['lab', 'gone', 'lab'], opened.backends)).keys()]).toEqual(['lab']);
});

test('a price belongs to a model of a backend, and can be taken back', async () => {
  opened = await openComparison([{ modelId: 'm' }], () => 'Yes.');
  const { settings } = opened;
  const choice = { backendId: 'lab', modelId: 'm' };
  setPrice(settings, choice, { input: 1, output: 2 });
  expect(priceOf(settings, choice)).toEqual({ input: 1, output: 2 });
  expect(priceOf(settings, { backendId: 'lab', modelId: 'n' })).toBeUndefined();
  setPrice(settings, choice, undefined);
  expect(settings.values.prices).toEqual({});
});
