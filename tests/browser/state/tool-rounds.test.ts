/** Tool calls over several rounds: a real session over real storage, and a server whose answers are set by the test. */
import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RelayConfig, RelayStatus } from '../../../relay/contract';
import type { AnswerMessage, StoredMessage } from '../../../src/core/conversation';
import { BackendStore } from '../../../src/state/backend-store.svelte';
import { ChatSession } from '../../../src/state/chat-session.svelte';
import { ModelLibrary } from '../../../src/state/model-library.svelte';
import { PageRespondent } from '../../../src/state/page-respondent';
import { Notices } from '../../../src/state/notices.svelte';
import { Settings } from '../../../src/state/settings.svelte';
import { ConversationStore } from '../../../src/storage/conversation-store';
import { SwitchyardDatabase } from '../../../src/storage/database';
import { SettingStore } from '../../../src/storage/setting-store';
import { calculator } from '../../../src/tools/calculator';
import { answerAsRelay } from './answer-as-relay';

const config: RelayConfig = {
  backendType: 'openai',
  defaultModel: 'm',
  upstreams: [{ id: 'server', kind: 'openai', label: 'Server' }],
  localModels: [],
  version: '1',
};
const status: RelayStatus = {
  upstreams: [
    {
      id: 'server',
      kind: 'openai',
      label: 'Server',
      url: 'http://s',
      state: 'ready',
      hasKey: false,
      models: [{ id: 'm' }],
    },
  ],
};

interface Call {
  readonly name: string;
  readonly arguments: string;
}
type SentMessage = { readonly role: string; readonly content: string; readonly tool_call_id?: string };

let database: SwitchyardDatabase;
let session: ChatSession;
let settings: Settings;
let store: ConversationStore;
let backends: BackendStore;
/** The next answers: a text, or calls. The last one is repeated. */
let answers: (string | readonly Call[])[] = [];
let sent: { readonly messages: readonly SentMessage[]; readonly tools?: readonly unknown[] }[] = [];

const add: Call = { name: 'calculator', arguments: '{"expression":"17*3"}' };
const weather: Call = { name: 'get_weather', arguments: '{"city":"Rome"}' };
const ownTool = { name: 'get_weather', description: '', parameters: { type: 'object', properties: {} } };

function stream(answer: string | readonly Call[]): string {
  const delta =
    typeof answer === 'string'
      ? { content: answer }
      : { tool_calls: answer.map((call, index) => ({ index, id: `c${index}`, function: call })) };
  const finish_reason = typeof answer === 'string' ? 'stop' : 'tool_calls';
  return `data: ${JSON.stringify({ choices: [{ delta, finish_reason }] })}\n\ndata: [DONE]\n\n`;
}

beforeEach(async () => {
  database = new SwitchyardDatabase(`tools-${crypto.randomUUID()}`);
  sent = [];
  answerAsRelay({
    config,
    status,
    chat: (_server, init) => {
      sent.push(JSON.parse(init?.body as string) as (typeof sent)[number]);
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? '';
      return new Response(stream(answer), { headers: { 'content-type': 'text/event-stream' } });
    },
  });
  const notices = new Notices();
  settings = new Settings(new SettingStore(database), notices);
  store = new ConversationStore(database);
  backends = new BackendStore(settings, new ModelLibrary(), location.origin);
  await backends.refresh(new AbortController().signal);
  settings.set('builtInTools', ['calculator']);
  settings.set('ownTools', [ownTool]);
  session = new ChatSession('c1', {
    store,
    backends,
    settings,
    notices,
    respondent: new PageRespondent(backends, settings),
  });
  session.open();
});
afterEach(async () => {
  session.close();
  vi.restoreAllMocks();
  await deleteDB(database.name);
});

const shape = (messages: readonly StoredMessage[]): string[] =>
  messages.map(({ role, text }) => `${role}: ${text}`);
const lastAnswer = (): AnswerMessage => {
  const last = session.branch.findLast((message) => message.role === 'assistant');
  if (!last) throw new Error('No answer');
  return last;
};
const open = () => session.toolRound(lastAnswer())?.openCalls ?? [];
const settled = () => expect.poll(() => session.isAnswering, { timeout: 10_000 }).toBe(false);
const stored = (): Promise<StoredMessage[]> =>
  new Promise((resolve, reject) => {
    const stop = store.watchMessages('c1', (rows) => (setTimeout(() => stop()), resolve(rows)), reject);
  });

describe('tool calls', () => {
  test('a tool that is switched on answers at once, and the model goes on with its result', async () => {
    answers = [[add], 'It is 51.'];
    session.send('What is 17*3?');
    await expect
      .poll(() => shape(session.branch))
      .toEqual(['user: What is 17*3?', 'assistant: ', 'tool: 51', 'assistant: It is 51.']);
    await settled();
    expect(sent[0]?.tools).toHaveLength(2);
    expect(sent[1]?.messages).toMatchObject([
      { role: 'user' },
      { role: 'assistant', tool_calls: [{ id: 'c0', function: add }] },
      { role: 'tool', content: '51', tool_call_id: 'c0' },
    ]);
    await expect.poll(async () => shape(await stored())).toEqual(shape(session.branch));
    expect(session.branch[2]).toMatchObject({ answeredBy: 'built-in', toolName: 'calculator' });
  });

  test('what the person answers waits; results go out together, in the order of the calls', async () => {
    answers = [[weather, add], 'Rome: sunny.'];
    session.send('?');
    await settled();
    await expect.poll(() => open().map(({ name }) => name)).toEqual(['get_weather']);
    expect(sent).toHaveLength(1);
    // A reload keeps what was found out and what waits.
    await expect.poll(async () => shape(await stored())).toEqual(['user: ?', 'assistant: ', 'tool: 51']);
    await session.answerCalls(lastAnswer(), new Map([['c0', 'sunny']]));
    await settled();
    expect(sent[1]?.messages.slice(2)).toMatchObject([
      { role: 'tool', content: 'sunny', tool_call_id: 'c0' },
      { role: 'tool', content: '51', tool_call_id: 'c1' },
    ]);
    expect(session.branch.at(-1)).toMatchObject({ role: 'assistant', text: 'Rome: sunny.' });
  });

  test('a retry after the results, and a message instead of a result', async () => {
    answers = [[weather], 'First.'];
    session.send('?');
    await settled();
    await session.answerCalls(lastAnswer(), new Map([['c0', 'rain']]));
    await settled();
    answers = ['Second.'];
    void session.retry(lastAnswer());
    await settled();
    expect(shape(session.branch)).toEqual(['user: ?', 'assistant: ', 'tool: rain', 'assistant: Second.']);
    expect(sent[2]?.messages).toEqual(sent[1]?.messages);

    answers = [[weather], 'Never mind.'];
    session.send('And now?');
    await settled();
    session.send('Forget it.');
    await settled();
    // A call that nobody answered is not sent: servers refuse it.
    expect(sent[4]?.messages.at(-2)).toEqual({ role: 'user', content: 'And now?' });
    expect(
      session.toolRound(
        session.branch.findLast((one) => one.role === 'assistant' && one.toolCalls) as AnswerMessage,
      )?.openCalls,
    ).toEqual([]);
  });

  test('a model that asks without end is stopped after eight rounds, and may go on', async () => {
    answers = [[add]];
    session.send('?');
    await expect.poll(() => sent.length, { timeout: 10_000 }).toBe(8);
    await settled();
    expect(sent).toHaveLength(8);
    const round = session.toolRound(lastAnswer());
    expect(round).toMatchObject({ isAtLimit: true, openCalls: [{ name: 'calculator' }] });
    answers = ['Enough.'];
    await session.answerCalls(lastAnswer(), new Map());
    await settled();
    expect(session.branch.at(-1)).toMatchObject({ text: 'Enough.' });
  });

  test('a stop between the rounds leaves the calls waiting', async () => {
    answers = [[add], 'Not asked for.'];
    // While the tool runs, the answer is whole and the next one not yet asked for.
    vi.spyOn(calculator, 'run').mockImplementationOnce(() => {
      void session.stop();
      return '51';
    });
    session.send('?');
    await expect.poll(() => vi.mocked(calculator.run).mock.calls.length).toBe(1);
    await settled();
    expect(sent).toHaveLength(1);
    expect(shape(session.branch)).toEqual(['user: ?', 'assistant: ']);
    expect(open()).toMatchObject([{ name: 'calculator' }]);
    await session.answerCalls(lastAnswer(), new Map());
    await settled();
    expect(shape(session.branch).slice(2)).toEqual(['tool: 51', 'assistant: Not asked for.']);
  });

  test('a tool that is not switched on does not run', async () => {
    settings.set('builtInTools', []);
    answers = [[add], 'x'];
    session.send('?');
    await settled();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(shape(session.branch)).toEqual(['user: ?', 'assistant: ']);
    expect(open()).toMatchObject([{ name: 'calculator' }]);
    expect(sent[0]?.tools).toHaveLength(1);
  });

  test('a model that is said to have no tools is not told of them, and the answer says so', async () => {
    backends.facts.setCapability({ backendId: 'server', modelId: 'm' }, 'tools', false);
    answers = ['No tools here.'];
    session.send('?');
    await expect
      .poll(() => session.branch.at(-1))
      .toMatchObject({ text: 'No tools here.', ignoresTools: true });
    expect(sent[0]).not.toHaveProperty('tools');
  });

  test('a failure of a tool is a result that the model reads', async () => {
    answers = [[{ name: 'calculator', arguments: '{"expression":"1/0"}' }], 'Sorry.'];
    session.send('?');
    await expect.poll(() => session.branch.at(-1)?.text).toBe('Sorry.');
    expect(session.branch[2]).toMatchObject({ isFailure: true, text: 'Error: Division by zero.' });
  });
});
