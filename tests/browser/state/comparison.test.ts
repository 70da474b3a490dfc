/** A comparison over real storage, and servers whose answers are set by the test. */
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { untilAborted } from '../../support/until-aborted';
import type { RelayConfig, RelayStatus } from '../../../relay/contract';
import { readComparisonFile, writeComparisonFile } from '../../../src/compare/kept/comparison-file';
import { LaneScheduler } from '../../../src/compare/scheduling/lane-scheduler';
import { BackendStore } from '../../../src/state/backend-store.svelte';
import { ComparisonList } from '../../../src/state/comparison/comparison-list.svelte';
import type { ComparisonSession } from '../../../src/state/comparison/comparison-session.svelte';
import type { Lane } from '../../../src/state/comparison/lane.svelte';
import { VoteLog } from '../../../src/state/judge/vote-log.svelte';
import { ModelLibrary } from '../../../src/state/model-library.svelte';
import { Notices } from '../../../src/state/notices.svelte';
import { PageRespondent } from '../../../src/state/page-respondent';
import { Settings } from '../../../src/state/settings.svelte';
import { ComparisonStore } from '../../../src/storage/comparison-store';
import { ConversationStore } from '../../../src/storage/conversation-store';
import { SwitchyardDatabase } from '../../../src/storage/database';
import { SettingStore } from '../../../src/storage/setting-store';
import { VoteStore } from '../../../src/storage/vote-store';
import { answerAsRelay } from './answer-as-relay';

const upstreams = [
  { id: 'one', kind: 'openai', label: 'One' },
  { id: 'two', kind: 'openai', label: 'Two' },
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
const [one, two, lab] = ['one', 'two', 'lab'].map((backendId) => ({ backendId, modelId: 'm' }));

interface Asked {
  readonly server: string;
  readonly body: {
    readonly temperature?: number;
    readonly messages: readonly { readonly content: string }[];
  };
  /** Answers; with another status than 200 it fails, and says the text. */
  reply(text: string, status?: number): void;
}

let database: SwitchyardDatabase;
let list: ComparisonList;
let notices: Notices;
let newList: () => Promise<ComparisonList>;
let asked: Asked[];

beforeEach(async () => {
  asked = [];
  answerAsRelay({
    config,
    status,
    chat: (server, init) =>
      new Promise((resolve, reject) => {
        void untilAborted(init?.signal).then(() => reject(new DOMException('Stopped', 'AbortError')));
        asked.push({
          server,
          body: JSON.parse(init?.body as string) as Asked['body'],
          reply: (text, code = 200) =>
            resolve(code === 200 ? streamed(text) : new Response(text, { status: code })),
        });
      }),
  });
  database = new SwitchyardDatabase(`compare-${crypto.randomUUID()}`);
  newList = async () => {
    notices = new Notices();
    const settings = new Settings(new SettingStore(database), notices);
    const backends = new BackendStore(settings, new ModelLibrary(), location.origin);
    await backends.refresh(new AbortController().signal);
    return new ComparisonList({
      store: new ConversationStore(database),
      comparisons: new ComparisonStore(database),
      votes: new VoteLog(new VoteStore(database), notices),
      scheduler: new LaneScheduler(),
      respondent: new PageRespondent(backends, settings),
      origin: location.origin,
      backends,
      settings,
      notices,
    });
  };
  list = await newList();
  list.open();
});
afterEach(async () => {
  await list.current?.stopAll();
  vi.restoreAllMocks();
  await deleteDB(database.name);
});

function streamed(text: string): Response {
  const delta = { choices: [{ delta: { content: text }, finish_reason: 'stop' }] };
  return new Response(`data: ${JSON.stringify(delta)}\n\ndata: [DONE]\n\n`, {
    headers: { 'content-type': 'text/event-stream' },
  });
}

function start(
  ...lanes: ({ readonly backendId: string; readonly modelId: string } | undefined)[]
): ComparisonSession {
  list.start({ lanes: lanes.filter((lane) => lane !== undefined) });
  return current();
}

function current(): ComparisonSession {
  if (!list.current) throw new Error('No comparison');
  return list.current;
}

const texts = (lane: Lane | undefined) => lane?.session.branch.map(({ text }) => text);
/** Sorted: which lane asks first is not promised. */
const servers = () => asked.map(({ server }) => server).toSorted();
const askedOf = (wanted: string) => asked.filter(({ server }) => server === wanted);
const settled = () => expect.poll(() => current().isAnswering, { timeout: 5000 }).toBe(false);
const answerOf = (lane: Lane | undefined) => lane?.session.branch.findLast((one) => one.role === 'assistant');

test('one prompt goes to all lanes, each continues its own conversation, and all is there again afterwards', async () => {
  const session = start(one, two);
  session.send('Hello');
  await expect.poll(servers).toEqual(['one', 'two']);
  askedOf('one')[0]?.reply('I am One.');
  askedOf('two')[0]?.reply('I am Two.');
  await settled();
  session.target = session.lanes[1]?.id;
  session.send('And now?');
  await expect.poll(servers).toEqual(['one', 'two', 'two']);
  expect(askedOf('two')[1]?.body.messages.map(({ content }) => content)).toEqual([
    'Hello',
    'I am Two.',
    'And now?',
  ]);
  askedOf('two')[1]?.reply('Still Two.');
  await settled();

  await expect.poll(() => list.all).toHaveLength(1);
  expect(list.all[0]).toMatchObject({ title: 'Hello', lanes: [one, two] });
  const again = await newList();
  await again.show(session.id);
  await expect.poll(() => texts(again.current?.lanes[0])).toEqual(['Hello', 'I am One.']);
  await expect
    .poll(() => texts(again.current?.lanes[1]))
    .toEqual(['Hello', 'I am Two.', 'And now?', 'Still Two.']);
});

test('a lane goes by the common settings until it has its own', async () => {
  const session = start(one, two);
  session.change({ common: { params: { temperature: 0.2 }, systemPrompt: 'Be brief.' } });
  session.lanes[1]?.changeParams({ temperature: 0.9 });
  session.change({ common: { params: { temperature: 0.3 }, systemPrompt: 'Be brief.' } });
  session.send('Hello');
  await expect.poll(servers).toEqual(['one', 'two']);
  expect(askedOf('one')[0]?.body.temperature).toBe(0.3);
  expect(askedOf('two')[0]?.body.temperature).toBe(0.9);
  expect(asked.map(({ body }) => body.messages[0]?.content)).toEqual(['Be brief.', 'Be brief.']);
  for (const { reply } of asked) reply('Yes.');
  await settled();
  session.linkLane(session.lanes[1]?.id ?? '');
  expect(session.lanes[1]?.params).toEqual({ temperature: 0.3 });
});

const failures = [
  { what: 'a server that breaks', status: 500, said: '', code: 'server-failed' },
  {
    what: 'a full context',
    status: 400,
    said: '{"error":{"message":"This model\'s maximum context length is 512 tokens."}}',
    code: 'context-overflow',
  },
  {
    what: 'memory that is not enough',
    status: 500,
    said: '{"error":{"message":"CUDA out of memory"}}',
    code: 'out-of-memory',
  },
];

test.each(failures)(
  '$what ends its own lane only, and that is retried alone',
  async ({ status, said, code }) => {
    const session = start(one, two);
    session.send('Hello');
    await expect.poll(servers).toEqual(['one', 'two']);
    askedOf('one')[0]?.reply(said, status);
    askedOf('two')[0]?.reply('Fine.');
    await settled();
    const failed = answerOf(session.lanes[0]);
    expect(failed).toMatchObject({ state: 'failed', error: { code } });
    expect(answerOf(session.lanes[1])).toMatchObject({ state: 'done', text: 'Fine.' });
    if (failed) void session.lanes[0]?.session.retry(failed);
    await expect.poll(servers).toEqual(['one', 'one', 'two']);
    askedOf('one')[1]?.reply('Better now.');
    await settled();
    expect(texts(session.lanes[0])).toEqual(['Hello', 'Better now.']);
  },
);

test('InstructLab gets one lane at a time, and the one that waits says for whom', async () => {
  const session = start(lab, lab, one);
  const { lanes } = session;
  session.send('Hello');
  await expect.poll(servers).toEqual(['lab', 'one']);
  await expect
    .poll(() => lanes[1]?.session.reply?.wait)
    .toEqual({ lanes: ['Lane 1'], resource: 'InstructLab' });
  askedOf('one')[0]?.reply('One.');
  askedOf('lab')[0]?.reply('First.');
  await expect.poll(() => askedOf('lab')).toHaveLength(2);
  expect(lanes[1]?.session.reply?.wait).toBeUndefined();
  askedOf('lab')[1]?.reply('Second.');
  await settled();
  expect(lanes.map((lane) => answerOf(lane)?.text)).toEqual(['First.', 'Second.', 'One.']);
});

test('a lane that is stopped while it waits asks nothing', async () => {
  const session = start(lab, lab);
  session.send('Hello');
  await expect.poll(servers).toEqual(['lab']);
  await expect.poll(() => session.lanes[1]?.session.reply?.wait).toBeDefined();
  await session.lanes[1]?.session.stop();
  expect(answerOf(session.lanes[1])).toMatchObject({ state: 'stopped', text: '' });
  asked[0]?.reply('First.');
  await settled();
  expect(servers()).toEqual(['lab']);
});

test('lanes are moved, doubled and removed; undo brings one back with its conversation', async () => {
  const session = start(one, two);
  session.send('Hello');
  await expect.poll(servers).toEqual(['one', 'two']);
  for (const { reply, server } of asked) reply(`I am ${server}.`);
  await settled();
  const [first = '', second = ''] = session.lanes.map(({ id }) => id);
  session.moveLane(first, 1);
  expect(session.lanes.map(({ id }) => id)).toEqual([second, first]);
  expect(session.lanes[1]?.name).toBe('Lane 2');
  session.duplicateLane(second);
  expect(session.lanes.map(({ row }) => row.backendId)).toEqual(['two', 'two', 'one']);
  expect(texts(session.lanes[1])).toEqual([]);
  session.removeLane(first);
  expect(session.lanes).toHaveLength(2);
  notices.list.at(-1)?.action?.run();
  expect(texts(session.lanes[2])).toEqual(['Hello', 'I am one.']);
});

test('no more than twelve lanes', () => {
  const session = start(...Array.from({ length: 12 }, () => one));
  expect(session.canAdd).toBe(false);
  session.addLane({ backendId: 'one', modelId: 'm' });
  expect(session.lanes).toHaveLength(12);
});

test('a deleted comparison is gone with its answers, and undo brings all of it back', async () => {
  const session = start(one);
  session.send('Hello');
  await expect.poll(servers).toEqual(['one']);
  asked[0]?.reply('Here.');
  await settled();
  const { id } = session;
  await expect.poll(() => list.all).toHaveLength(1);
  await list.delete(id);
  await expect.poll(() => list.all).toHaveLength(0);
  expect(await (await database.connect()).getAll('messages')).toEqual([]);
  notices.list.at(-1)?.action?.run();
  await expect.poll(() => list.all).toHaveLength(1);
  expect(await (await database.connect()).getAll('messages')).toHaveLength(2);
});

test('what was compared is not listed among the conversations', async () => {
  const session = start(one);
  session.send('Hello');
  await expect.poll(servers).toEqual(['one']);
  asked[0]?.reply('Here.');
  await settled();
  const conversations = await new Promise((resolve, reject) => {
    const stop = new ConversationStore(database).watchConversations(
      (all) => (setTimeout(() => stop()), resolve(all)),
      reject,
    );
  });
  expect(conversations).toEqual([]);
});

test('an exported comparison is imported beside itself, and each can be deleted alone', async () => {
  const session = start(one, two);
  session.send('Hello');
  await expect.poll(servers).toEqual(['one', 'two']);
  askedOf('one')[0]?.reply('I am One.');
  askedOf('two')[0]?.reply('I am Two.');
  await settled();
  const whole = await list.read(session.id);
  if (!whole) throw new Error('It was not kept');
  const id = await list.import(new Blob([writeComparisonFile(whole)]));
  await expect.poll(() => list.all.map((row) => row.id).toSorted()).toEqual([id, session.id].toSorted());
  await list.delete(session.id);
  await list.show(id);
  await expect
    .poll(() => current().lanes.map(texts))
    .toEqual([
      ['Hello', 'I am One.'],
      ['Hello', 'I am Two.'],
    ]);
});

test('a file that is none changes nothing', async () => {
  await expect(list.import(new Blob(['{}']))).rejects.toThrow('was not imported');
  expect(list.all).toEqual([]);
});

test('what a lane had of an answer when its tab went away is kept, whether or not anybody looks', async () => {
  const session = start(one);
  session.send('Hello');
  await expect.poll(servers).toEqual(['one']);
  const whole = await list.read(session.id);
  const left = whole?.messages.find(({ role }) => role === 'assistant');
  if (!whole || !left) throw new Error('It was not kept');
  const store = new ConversationStore(database);
  // Another tab: this one holds the lock of its own answer, so the row is given to a comparison that nobody holds.
  const abandoned = readComparisonFile(writeComparisonFile(whole), () => crypto.randomUUID());
  const messages = abandoned.messages.map((message) =>
    message.role === 'assistant' ? { ...message, state: 'streaming' as const } : message,
  );
  await new ComparisonStore(database).restore({ ...abandoned, messages });
  const answer = messages.find(({ role }) => role === 'assistant');
  await store.saveCheckpoint({ messageId: answer?.id ?? '', text: 'I am', reasoning: '' });
  const other = await newList();
  await other.takeUp((await store.unfinished()).comparisonIds.filter((id) => id !== session.id));
  await expect
    .poll(async () => (await store.readMessages(answer?.conversationId ?? '')).at(-1), { timeout: 5000 })
    .toMatchObject({ state: 'incomplete', text: 'I am' });
});
