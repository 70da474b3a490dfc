/** A batch over real storage, and servers whose answers are set by the test. */
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { untilAborted } from '../../support/until-aborted';
import type { RelayConfig, RelayStatus } from '../../../relay/contract';
import { LaneScheduler } from '../../../src/compare/scheduling/lane-scheduler';
import type { BatchRun } from '../../../src/core/batch';
import { BackendStore } from '../../../src/state/backend-store.svelte';
import { BatchList } from '../../../src/state/batch/batch-list.svelte';
import type { BatchSession } from '../../../src/state/batch/batch-session.svelte';
import { ModelLibrary } from '../../../src/state/model-library.svelte';
import { Notices } from '../../../src/state/notices.svelte';
import { Settings } from '../../../src/state/settings.svelte';
import { BatchStore } from '../../../src/storage/batch-store';
import { SwitchyardDatabase } from '../../../src/storage/database';
import { SettingStore } from '../../../src/storage/setting-store';
import { answerAsRelay } from './answer-as-relay';

const upstreams = [
  { id: 'one', kind: 'openai', label: 'One' },
  { id: 'lab', kind: 'instructlab', label: 'InstructLab' },
] as const;
const config: RelayConfig = {
  backendType: 'openai',
  defaultModel: 'm',
  upstreams,
  localModels: [],
  version: '1',
};
const status: RelayStatus = {
  upstreams: upstreams.map((upstream) => ({
    ...upstream,
    url: `http://${upstream.id}.test`,
    hasKey: false,
    state: 'ready',
    models: [{ id: 'm' }],
  })),
};

interface Asked {
  readonly server: string;
  readonly prompt: string;
  /** Answers, or fails where the status says so. */
  reply(text: string, status?: number): void;
}

let database: SwitchyardDatabase;
let notices: Notices;
let list: BatchList;
let asked: Asked[];
/** What the servers do by themselves; the test answers where this gives nothing. */
let react: (prompt: string, server: string) => string | number | undefined;

beforeEach(async () => {
  asked = [];
  react = () => undefined;
  answerAsRelay({
    config,
    status,
    chat: (server, init) =>
      new Promise((resolve, reject) => {
        void untilAborted(init?.signal).then(() => reject(new DOMException('Stopped', 'AbortError')));
        const { messages } = JSON.parse(init?.body as string) as { messages: { content: string }[] };
        const prompt = messages.at(-1)?.content ?? '';
        const reply = (text: string, code = 200): void =>
          resolve(code === 200 ? streamed(text) : new Response('', { status: code }));
        asked.push({ server, prompt, reply });
        const reaction = react(prompt, server);
        if (typeof reaction === 'number') reply('', reaction);
        else if (reaction !== undefined) reply(reaction);
      }),
  });
  database = new SwitchyardDatabase(`batch-${crypto.randomUUID()}`);
  list = await newList();
});
afterEach(async () => {
  await list.current?.stop();
  vi.restoreAllMocks();
  await deleteDB(database.name);
});

/** As after a reload: nothing is shared with the list before but what is kept. */
async function newList(): Promise<BatchList> {
  notices = new Notices();
  const settings = new Settings(new SettingStore(database), notices);
  const backends = new BackendStore(settings, new ModelLibrary(), location.origin);
  await backends.refresh(new AbortController().signal);
  return new BatchList({
    batches: new BatchStore(database),
    scheduler: new LaneScheduler(),
    checks: {
      matchesPattern: async (text, pattern, flags) => new RegExp(pattern, flags).test(text),
      runCode: async () => true,
    },
    origin: location.origin,
    backends,
    settings,
    notices,
  });
}

function streamed(text: string): Response {
  const delta = { choices: [{ delta: { content: text }, finish_reason: 'stop' }] };
  return new Response(`data: ${JSON.stringify(delta)}\n\ndata: [DONE]\n\n`, {
    headers: { 'content-type': 'text/event-stream' },
  });
}

const items = ['a', 'b', 'c', 'd'].map((text) => ({ text }));
const run = (change: Partial<BatchRun> = {}): BatchRun => ({
  title: 'Letters',
  data: { columns: ['text'], items },
  prompt: 'Say {{text}}',
  lanes: [{ backendId: 'one', modelId: 'm' }],
  common: { params: {}, systemPrompt: '' },
  repeats: 1,
  grid: {},
  checks: [],
  expected: '',
  concurrency: { one: 1 },
  upstreams: [],
  ...change,
});

async function start(change: Partial<BatchRun> = {}): Promise<BatchSession> {
  const id = await list.create(run(change));
  await list.show(id);
  const session = list.current;
  if (!session) throw new Error('the batch was not kept');
  session.start();
  return session;
}

test('asks one after the other where the run says so, and keeps every answer with its checks', async () => {
  const session = await start({ checks: [{ kind: 'contains', text: '{{text}}' }] });
  for (const [index, { text }] of items.entries()) {
    await expect.poll(() => asked.length).toBe(index + 1);
    asked[index]?.reply(text === 'c' ? 'no' : `It is ${text}.`);
  }
  await expect.poll(() => session.phase).toBe('idle');
  expect(session.isDone).toBe(true);
  expect(asked.map(({ prompt }) => prompt)).toEqual(['Say a', 'Say b', 'Say c', 'Say d']);
  const kept = await new BatchStore(database).readResults(session.id);
  expect(kept.map(({ checks }) => checks?.[0]?.outcome)).toEqual(['passed', 'passed', 'failed', 'passed']);
  expect(kept[0]).toMatchObject({ text: 'It is a.', measurement: { isEstimated: true } });
});

test('a pause lets what runs come to its end; after a reload the rest is asked, and nothing by itself', async () => {
  const session = await start();
  await expect.poll(() => asked.length).toBe(1);
  session.pause();
  expect(session.phase).toBe('pausing');
  asked[0]?.reply('first');
  await expect.poll(() => session.phase).toBe('idle');
  expect(session.standing).toMatchObject({ ended: 1, size: 4 });

  list = await newList();
  react = (prompt) => `again ${prompt}`;
  await list.show(session.id);
  const resumed = list.current;
  await expect.poll(() => resumed?.standing.ended).toBe(1);
  expect(asked).toHaveLength(1);
  resumed?.start();
  await expect.poll(() => resumed?.isDone).toBe(true);
  expect(asked.map(({ prompt }) => prompt)).toEqual(['Say a', 'Say b', 'Say c', 'Say d']);
  expect(resumed?.results.map(({ text }) => text)).toContain('first');
});

test('a page that goes away in the middle of an answer loses that one only, and it is asked again', async () => {
  const session = await start();
  await expect.poll(() => asked.length).toBe(1);
  asked[0]?.reply('kept');
  await expect.poll(() => asked.length).toBe(2);
  await session.stop();
  expect(await new BatchStore(database).readResults(session.id)).toHaveLength(1);

  list = await newList();
  react = () => 'later';
  await list.show(session.id);
  list.current?.start();
  await expect.poll(() => list.current?.isDone).toBe(true);
  expect(asked.map(({ prompt }) => prompt)).toEqual(['Say a', 'Say b', 'Say b', 'Say c', 'Say d']);
});

test('a failure stops nothing, and only failures are asked again', async () => {
  react = (prompt) => (prompt === 'Say b' ? 500 : 'fine');
  const session = await start();
  await expect.poll(() => session.isDone).toBe(true);
  await expect.poll(() => session.phase).toBe('idle');
  expect(session.standing.failed).toBe(1);
  expect(session.results.find(({ state }) => state === 'failed')?.error?.code).toBe('server-failed');
  react = () => 'better';
  session.start('and failed');
  await expect.poll(() => session.standing.failed).toBe(0);
  expect(asked.slice(4).map(({ prompt }) => prompt)).toEqual(['Say b']);
});

test('servers work side by side, and InstructLab gets one request at a time whatever the run says', async () => {
  const session = await start({
    lanes: [
      { backendId: 'one', modelId: 'm' },
      { backendId: 'lab', modelId: 'm' },
    ],
    concurrency: { one: 2, lab: 5 },
  });
  await expect.poll(() => asked.map(({ server }) => server).sort()).toEqual(['lab', 'one', 'one']);
  react = () => 'yes';
  for (const { reply } of asked) reply('yes');
  await expect.poll(() => session.isDone, { timeout: 10_000 }).toBe(true);
  expect(asked).toHaveLength(8);
});

test('another tab that works on it is left alone', async () => {
  const session = await start();
  await expect.poll(() => asked.length).toBe(1);
  const otherTab = await newList();
  await otherTab.show(session.id);
  otherTab.current?.start();
  await expect.poll(() => otherTab.current?.phase).toBe('elsewhere');
  expect(asked).toHaveLength(1);
});

test('a backend that is not set up is said, and nothing is asked', async () => {
  const session = await start({ lanes: [{ backendId: 'gone', modelId: 'm' }], concurrency: {} });
  await expect.poll(() => session.phase).toBe('idle');
  expect(notices.list.at(-1)?.text).toContain('“gone” is not set up');
  expect(asked).toEqual([]);
});

test('a deleted batch stops, is gone, and comes back with Undo', async () => {
  const session = await start();
  await expect.poll(() => asked.length).toBe(1);
  asked[0]?.reply('one');
  await expect.poll(() => asked.length).toBe(2);
  list.open();
  await expect.poll(() => list.all).toHaveLength(1);
  await list.delete(session.id);
  await expect.poll(() => list.all).toHaveLength(0);
  notices.list.at(-1)?.action?.run();
  await expect.poll(() => list.all).toMatchObject([{ results: 1 }]);
});
