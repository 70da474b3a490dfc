/** Answers from documents: a real session over real storage, documents and a server whose words the test gives. */
import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RelayConfig, RelayStatus } from '../../../relay/contract';
import { citablePassages } from '../../../src/core/citable-passages';
import type { AnswerMessage } from '../../../src/core/conversation';
import { usualRetrieval } from '../../../src/core/retrieval';
import { answerManifest } from '../../../src/state/answer-manifest';
import { BackendStore } from '../../../src/state/backend-store.svelte';
import { ChatSession } from '../../../src/state/chat-session.svelte';
import { ModelLibrary } from '../../../src/state/model-library.svelte';
import { Notices } from '../../../src/state/notices.svelte';
import { PageRespondent } from '../../../src/state/page-respondent';
import { replay } from '../../../src/state/replay';
import { Settings } from '../../../src/state/settings.svelte';
import { ConversationStore } from '../../../src/storage/conversation-store';
import { SwitchyardDatabase } from '../../../src/storage/database';
import { SettingStore } from '../../../src/storage/setting-store';
import { answerAsRelay } from './answer-as-relay';
import { type KeptDocuments, keptDocuments, passage } from './kept-documents';

const upstream = { id: 'server', kind: 'openai', label: 'Server' } as const;
const config: RelayConfig = {
  backendType: 'openai',
  defaultModel: 'm',
  upstreams: [upstream],
  localModels: [],
  version: '1',
};
const status: RelayStatus = {
  upstreams: [
    {
      ...upstream,
      url: 'http://s',
      state: 'ready',
      hasKey: false,
      models: [{ id: 'm', contextLength: 8192 }],
    },
  ],
};

interface Sent {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

let database: SwitchyardDatabase;
let store: ConversationStore;
let settings: Settings;
let documents: KeptDocuments;
let session: ChatSession;
let sent: Sent[] = [];
interface Call {
  readonly name: string;
  readonly arguments: string;
}
let reply: (asked: string) => string | Call;

function stream(answer: string | Call): string {
  const choice =
    typeof answer === 'string'
      ? { delta: { content: answer }, finish_reason: 'stop' }
      : { delta: { tool_calls: [{ index: 0, id: 'c', function: answer }] }, finish_reason: 'tool_calls' };
  return `data: ${JSON.stringify({ choices: [choice] })}\n\ndata: [DONE]\n\n`;
}

/** What the server was asked last. */
const asked = (at = -1): string => sent.at(at)?.messages.at(-1)?.content ?? '';

beforeEach(async () => {
  database = new SwitchyardDatabase(`documents-${crypto.randomUUID()}`);
  sent = [];
  reply = () => 'An hour [1].';
  documents = keptDocuments({
    recipes: [passage('Boil it for an hour.'), passage('Then let it rest.')],
    travel: [],
  });
  answerAsRelay({
    config,
    status,
    chat: (_server, init) => {
      const body = JSON.parse(init?.body as string) as Sent;
      sent.push(body);
      const text = reply(body.messages.at(-1)?.content ?? '');
      return new Response(stream(text), { headers: { 'content-type': 'text/event-stream' } });
    },
  });
  const notices = new Notices();
  settings = new Settings(new SettingStore(database), notices);
  store = new ConversationStore(database);
  const backends = new BackendStore(settings, new ModelLibrary(), location.origin);
  await backends.refresh(new AbortController().signal);
  session = new ChatSession('c1', {
    store,
    backends,
    settings,
    notices,
    respondent: new PageRespondent(backends, settings),
    documents: async () => documents.source,
  });
  session.open();
});
afterEach(async () => {
  await session.stop();
  session.close();
  vi.restoreAllMocks();
  await deleteDB(database.name);
});

const settled = () => expect.poll(() => session.isAnswering, { timeout: 10_000 }).toBe(false);

async function ask(text: string): Promise<AnswerMessage> {
  session.send(text);
  await settled();
  return last();
}

function last(): AnswerMessage {
  const found = session.branch.findLast((message) => message.role === 'assistant');
  if (!found) throw new Error('No answer');
  return found;
}

describe('an answer from documents', () => {
  test('is given from passages in the question as it was sent; the question that is kept is the typed one', async () => {
    session.documents.change({ collectionIds: ['recipes'] });
    const answer = await ask('How long?');
    expect(answer.state).toBe('done');
    expect(asked()).toContain('Boil it for an hour.');
    expect(asked().endsWith('Question: How long?')).toBe(true);
    expect(session.branch[0]?.text).toBe('How long?');
    expect(answer.retrieval).toMatchObject({
      question: 'How long?',
      passages: [{ text: 'Boil it for an hour.' }, { text: 'Then let it rest.' }],
      budget: { isEstimated: false },
      prompt: asked(),
      notices: [],
    });
    const rows = await store.readMessages('c1');
    expect(rows.at(-1)).toMatchObject({ retrieval: { prompt: asked() } });
    expect(answerManifest(session.messages, answer).request.messages.at(-1)?.text).toBe(asked());
    // A first question leans on nothing: nobody was asked to rewrite it.
    expect(sent).toHaveLength(1);
  });

  test('the choice is kept with the conversation, and taken back for the next answer', async () => {
    session.documents.change({ collectionIds: ['recipes'], settings: { ...usualRetrieval, passages: 1 } });
    await ask('How long?');
    await expect
      .poll(() => session.conversation)
      .toMatchObject({ collectionIds: ['recipes'], retrieval: { passages: 1 } });
    expect(last().retrieval?.passages).toHaveLength(1);
    session.documents.change({ collectionIds: [] });
    expect((await ask('Hello')).retrieval).toBeUndefined();
    expect(asked()).toBe('Hello');
    expect(documents.queries).toHaveLength(1);
  });

  test('which documents are searched is kept with the conversation, until all are again', async () => {
    session.documents.change({ collectionIds: ['recipes'], filter: { documentIds: ['soup'], from: 5 } });
    const { retrieval } = await ask('How long?');
    expect(documents.queries.at(-1)?.filter).toEqual({ documentIds: ['soup'], from: 5 });
    expect(retrieval?.filter).toEqual({ documentIds: ['soup'], from: 5 });
    await expect
      .poll(() => session.conversation)
      .toMatchObject({ documentFilter: { documentIds: ['soup'], from: 5 } });
    session.documents.change({ filter: {} });
    expect(session.documents.choice).not.toHaveProperty('filter');
    expect((await ask('How long?')).retrieval).not.toHaveProperty('filter');
    expect(documents.queries.at(-1)).not.toHaveProperty('filter');
    await expect.poll(() => session.conversation).toMatchObject({ documentFilter: {} });
  });

  test('where nothing is found, the model is told so, and the answer keeps it', async () => {
    session.documents.change({ collectionIds: ['travel'] });
    const { retrieval } = await ask('How long?');
    expect(retrieval).toMatchObject({ passages: [], leftOut: [], unfit: [] });
    expect(asked()).toContain('nothing was found');
  });

  test('what was left out because it hardly fits is kept with the answer, and not sent', async () => {
    documents.unfit = [passage('Trains leave at nine.', 'travel')];
    session.documents.change({ collectionIds: ['travel'] });
    const { retrieval } = await ask('How long?');
    expect(retrieval).toMatchObject({ passages: [], unfit: [{ text: 'Trains leave at nine.' }] });
    expect(asked()).not.toContain('Trains');
  });

  test('a follow-up is rewritten from the conversation; earlier questions go without their passages', async () => {
    session.documents.change({ collectionIds: ['recipes'] });
    await ask('How long does the soup boil?');
    reply = (text) => (text.startsWith('Rewrite') ? '“How long does the soup rest?”' : 'Briefly [2].');
    const { retrieval } = await ask('And rest?');
    expect(sent).toHaveLength(3);
    expect(documents.queries.at(-1)?.text).toBe('How long does the soup rest?');
    expect(retrieval).toMatchObject({ question: 'And rest?', rewritten: 'How long does the soup rest?' });
    expect(asked().endsWith('Question: And rest?')).toBe(true);
    expect(sent.at(-1)?.messages[0]?.content).toBe('How long does the soup boil?');
  });

  test('a rewriting that comes to nothing is told, and the question is searched for as it stands', async () => {
    session.documents.change({ collectionIds: ['recipes'] });
    await ask('How long does the soup boil?');
    reply = (text) => (text.startsWith('Rewrite') ? '' : 'Briefly [2].');
    const { retrieval, state } = await ask('And rest?');
    expect(state).toBe('done');
    expect(documents.queries.at(-1)?.text).toBe('And rest?');
    expect(retrieval?.rewritten).toBeUndefined();
    expect(retrieval?.notices).toEqual([expect.stringContaining('could not be rewritten')]);
  });

  test('the model may put passages in order, and reads more of them for it', async () => {
    documents.found = { recipes: ['a', 'b', 'c', 'd'].map((text) => passage(text)) };
    session.documents.change({
      collectionIds: ['recipes'],
      settings: { ...usualRetrieval, passages: 1, reranks: true },
    });
    reply = (text) =>
      text.startsWith('How well') ? '{"scores":[{"passage":3,"score":9},{"passage":1,"score":1}]}' : 'C [1].';
    const { retrieval } = await ask('Which?');
    expect(documents.queries[0]?.settings.passages).toBe(3);
    expect(retrieval?.passages).toMatchObject([{ text: 'c', scores: { reranked: 9 } }]);
  });

  test('one collection that cannot be searched is told; where none can, the answer fails and says why', async () => {
    session.documents.change({ collectionIds: ['recipes', 'broken', 'deleted'] });
    const { retrieval } = await ask('How long?');
    expect(retrieval?.passages).toHaveLength(2);
    expect(retrieval?.notices).toEqual([
      '“BROKEN” could not be searched: Its server does not answer.',
      expect.stringContaining('not here any more'),
    ]);
    session.documents.change({
      collectionIds: ['broken'],
      settings: { ...usualRetrieval, rewritesQuestion: false },
    });
    const failed = await ask('How long?');
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'bad-request' } });
    expect(failed.error?.message).toContain('“BROKEN” could not be searched: Its server does not answer.');
    expect(sent).toHaveLength(1);
  });

  test('a search can be stopped', async () => {
    documents.until = new Promise(() => undefined);
    session.documents.change({ collectionIds: ['recipes'] });
    session.send('How long?');
    await expect.poll(() => session.reply?.searchStep).toBe('searching');
    await session.stop();
    expect(last()).toMatchObject({ state: 'stopped', text: '' });
    expect(sent).toHaveLength(0);
  });
});

describe('a model that searches by itself', () => {
  const call = { name: 'search_documents', arguments: '{"query":"soup"}' };

  beforeEach(() => settings.set('builtInTools', ['search_documents']));

  test('finds in all collections where none is chosen; its answer may cite what was found', async () => {
    documents.found = { ...documents.found, broken: [] };
    reply = () => (sent.length === 1 ? call : 'An hour [1].');
    await ask('How long?');
    expect(documents.queries.map(({ collectionId, text }) => [collectionId, text])).toEqual([
      ['recipes', 'soup'],
      ['travel', 'soup'],
      ['broken', 'soup'],
    ]);
    const result = session.branch.find(({ role }) => role === 'tool');
    expect(result?.text).toContain('Boil it for an hour.');
    expect(citablePassages(session.branch.slice(0, -1), last().retrieval)).toHaveLength(2);
  });

  test('numbers go on from the passages that the answer was given', async () => {
    session.documents.change({ collectionIds: ['recipes'] });
    reply = () => (sent.length === 1 ? call : 'An hour [3].');
    await ask('How long?');
    const result = session.branch.find(({ role }) => role === 'tool');
    expect(result?.text).toContain('<<<PASSAGE 3');
    expect(result?.text).not.toContain('<<<PASSAGE 1');
    // The second answer is sent the passages of the first once more, and none is searched anew.
    expect(JSON.stringify(sent[1]?.messages)).toContain('<<<PASSAGE 1');
    expect(citablePassages(session.branch.slice(0, -1), last().retrieval)).toHaveLength(4);
  });
});

describe('the same question once more', () => {
  beforeEach(async () => {
    session.documents.change({ collectionIds: ['recipes'] });
    await ask('How long?');
  });

  test('a retry searches again', async () => {
    documents.found = { recipes: [passage('Boil it for two hours.')] };
    await session.retry(last());
    expect(asked()).toContain('two hours');
    expect(documents.queries).toHaveLength(2);
  });

  test('a replay sends the passages of then, whatever the documents say now', async () => {
    const first = last();
    documents.found = { recipes: [] };
    session.documents.change({ collectionIds: [] });
    const second = await replay(session, first);
    expect(asked()).toBe(asked(-2));
    expect(second?.retrieval).toEqual(first.retrieval);
    expect(documents.queries).toHaveLength(1);
  });

  test('to go on with a text searches nothing anew', async () => {
    const first = last();
    session.continue(first);
    await settled();
    expect(last().retrieval).toEqual(first.retrieval);
    expect(documents.queries).toHaveLength(1);
    expect(JSON.stringify(sent.at(-1)?.messages)).toContain('Boil it for an hour.');
  });

  test('with another query and other settings, as a variant of the answer', async () => {
    const first = last();
    const search = {
      collectionIds: ['recipes'],
      settings: { ...usualRetrieval, passages: 1 },
      query: 'rest soup',
    };
    await session.retry(first, { search });
    expect(documents.queries.at(-1)).toMatchObject({ text: 'rest soup', settings: { passages: 1 } });
    expect(last()).toMatchObject({
      parentId: first.parentId,
      retrieval: { question: 'How long?', rewritten: 'rest soup' },
    });
    // The conversation itself goes on as it was.
    expect(session.documents.choice.settings).toEqual(usualRetrieval);
  });
});
