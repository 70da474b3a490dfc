/** Judging over real storage, in front of servers whose answers are set by the test. */
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RelayConfig, RelayStatus } from '../../../relay/contract';
import { LaneScheduler } from '../../../src/compare/scheduling/lane-scheduler';
import { BackendStore } from '../../../src/state/backend-store.svelte';
import { ComparisonList } from '../../../src/state/comparison/comparison-list.svelte';
import type { ComparisonSession } from '../../../src/state/comparison/comparison-session.svelte';
import { RatingsView } from '../../../src/state/judge/ratings-view.svelte';
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

const upstreams = (['one', 'two', 'three', 'judge'] as const).map((id) => {
  return { id, kind: 'openai', label: id } as const;
});
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
  readonly format?: unknown;
  readonly text: string;
}

let database: SwitchyardDatabase;
let list: ComparisonList;
let notices: Notices;
let scheduler: LaneScheduler;
/** What each server answers; a number is a status. */
let answers: Record<string, (asked: Asked) => string | number>;
let newList: () => Promise<ComparisonList>;

beforeEach(async () => {
  answers = {
    one: () => 'I am One, and I write much more than the other.',
    two: () => 'I am Two.',
    three: () => 'Three.',
    judge: () => 503,
  };
  answerAsRelay({
    config,
    status,
    chat: (server, init) => {
      const { messages, response_format: format } = JSON.parse(init?.body as string) as {
        messages: readonly { readonly content: string }[];
        response_format?: unknown;
      };
      const said = answers[server]?.({ format, text: messages.map(({ content }) => content).join('\n') });
      return Promise.resolve(
        typeof said === 'string'
          ? streamed(said)
          : Response.json({ error: { message: 'no' } }, { status: said }),
      );
    },
  });
  database = new SwitchyardDatabase(`judging-${crypto.randomUUID()}`);
  newList = async () => {
    notices = new Notices();
    scheduler = new LaneScheduler();
    const settings = new Settings(new SettingStore(database), notices);
    const backends = new BackendStore(settings, new ModelLibrary(), location.origin);
    await backends.refresh(new AbortController().signal);
    return new ComparisonList({
      store: new ConversationStore(database),
      comparisons: new ComparisonStore(database),
      votes: new VoteLog(new VoteStore(database), notices),
      scheduler,
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

function start(...backendIds: string[]): ComparisonSession {
  list.start({ lanes: backendIds.map((backendId) => ({ backendId, modelId: 'm' })) });
  const { current } = list;
  if (!current) throw new Error('No comparison');
  current.judging.arena.open();
  return current;
}

async function ask(session: ComparisonSession, text = 'Who are you?'): Promise<void> {
  session.send(text);
  await expect.poll(() => session.isAnswering, { timeout: 5000 }).toBe(false);
}

const keptVotes = async () => (await database.connect()).getAll('votes');

test('while it is blind nothing is shown, then a vote shows whose the answers are', async () => {
  const session = start('one', 'two');
  const { arena } = session.judging;
  arena.start();
  expect(arena.isHiding).toBe(true);
  await ask(session);
  await expect.poll(() => arena.round?.next).toBeDefined();
  expect(arena.isHiding).toBe(true);
  const [left, right] = arena.round?.next ?? [];
  expect([left?.name, right?.name].sort()).toEqual(['Answer A', 'Answer B']);
  // The draw stays the same however often it is looked at.
  expect(arena.round?.next?.[0].answer.id).toBe(left?.answer.id);

  arena.round?.vote('left');
  expect(arena.isHiding).toBe(false);
  await expect.poll(keptVotes).toMatchObject([
    {
      prompt: 'Who are you?',
      outcome: 'left',
      judge: { kind: 'person' },
      left: { answerId: left?.answer.id, label: left?.label, length: left?.answer.text.length },
      right: { answerId: right?.answer.id },
    },
  ]);
  await ask(session, 'And again?');
  expect(arena.isHiding).toBe(true);
  expect(arena.round?.next).toBeDefined();
});

test('answers that were seen cannot be voted on, and neither can those after a reload', async () => {
  const session = start('one', 'two');
  const { arena } = session.judging;
  await ask(session);
  arena.start();
  expect(arena.round).toBeUndefined();

  await ask(session, 'Now without names');
  expect(arena.round?.next).toBeDefined();
  arena.round?.reveal();
  expect(arena.isHiding).toBe(false);
  expect(arena.round?.next).toBeUndefined();
  expect(await keptVotes()).toEqual([]);

  const again = await newList();
  await expect
    .poll(async () => (await (await database.connect()).getAll('comparisons'))[0]?.blindSince)
    .toBeDefined();
  await again.show(session.id);
  again.current?.judging.arena.open();
  await expect.poll(() => again.current?.lanes[1]?.session.branch.length).toBe(4);
  await expect.poll(() => again.votes.isOpen).toBe(true);
  expect(again.current?.judging.arena.isHiding).toBe(true);
  expect(again.current?.judging.arena.round).toBeUndefined();
});

test('a vote is taken back, and the answers that are known by now are not voted on again', async () => {
  const session = start('one', 'two');
  const { arena } = session.judging;
  arena.start();
  await ask(session);
  await expect.poll(() => arena.round?.next).toBeDefined();
  arena.round?.vote('tie');
  await expect.poll(keptVotes).toHaveLength(1);
  arena.round?.undo();
  await expect.poll(keptVotes).toEqual([]);
  expect(arena.round?.next).toBeUndefined();
});

test('of three answers every pair can be voted on, and a failed one is out of the vote', async () => {
  const session = start('one', 'two', 'three');
  const { arena } = session.judging;
  arena.start();
  await ask(session);
  await expect.poll(() => arena.round?.pairs).toHaveLength(3);
  for (let left = 3; left > 0; left--) {
    expect(arena.isHiding).toBe(true);
    arena.round?.vote('right');
  }
  expect(arena.isHiding).toBe(false);

  answers['three'] = () => 500;
  await ask(session, 'Once more');
  expect(arena.round?.pairs).toHaveLength(1);
  expect(arena.turn?.unfit.map(({ name }) => name)).toEqual(['Lane 3']);
});

test('a model judges in both orders; one that always says A contradicts itself, which is a tie', async () => {
  const session = start('one', 'two');
  await ask(session);
  const { model, turn } = session.judging;
  if (!turn) throw new Error('There is nothing to judge.');
  model.choose({ backendId: 'judge', modelId: 'm' });

  const asked: string[] = [];
  answers['judge'] = ({ text }) => {
    asked.push(text);
    return '{"reason": "It came first.", "verdict": "A"}';
  };
  await model.run(turn);
  expect(asked).toHaveLength(2);
  const placesOf = (text = ''): boolean => text.indexOf('I am One') < text.indexOf('I am Two');
  expect(placesOf(asked[0])).toBe(!placesOf(asked[1]));
  expect(model.votesOver(turn)).toMatchObject([
    { outcome: 'tie', judge: { kind: 'model', verdicts: ['left', 'right'], reason: 'It came first.' } },
  ]);

  // The same pair is not judged twice by the same rubric, but by another one it is.
  await model.run(turn);
  expect(asked).toHaveLength(2);
  model.changeRubric('The longer the better.');
  answers['judge'] = ({ text }) => {
    expect(text).toContain('The longer the better.');
    return text.indexOf('I am One') < text.indexOf('I am Two') ? 'Verdict: A' : 'Verdict: B';
  };
  await model.run(turn);
  const [vote] = model.votesOver(turn);
  const winner = vote && vote[vote.outcome === 'left' ? 'left' : 'right'];
  expect(winner?.label).toBe('one · m');
});

test('a model that judges takes its turn like a lane, and gives it back', async () => {
  const session = start('one', 'two');
  await ask(session);
  const { model, turn } = session.judging;
  if (!turn) throw new Error('There is nothing to judge.');
  model.choose({ backendId: 'judge', modelId: 'm' });
  session.change({ mode: 'one-by-one' });
  answers['judge'] = () => '{"verdict": "A"}';

  // Somebody else is at work, and leaves later.
  const place = { resource: 'server one', label: 'one', capacity: 1, group: '', machine: 'one.test' };
  const other = { ...place, lane: 'Lane 7', mode: 'by-resource' } as const;
  const never = new AbortController().signal;
  const held = await scheduler.take(other, () => undefined, never);
  const judging = model.run(turn);
  await expect.poll(() => model.wait).toEqual({ lanes: ['Lane 7'] });
  expect(model.votesOver(turn)).toEqual([]);
  held.release();
  await judging;
  expect(model.wait).toBeUndefined();
  expect(model.votesOver(turn)).toHaveLength(1);

  // It has given its place back, and a stop ends the wait.
  const again = await scheduler.take({ ...other, mode: 'one-by-one' }, () => undefined, never);
  model.changeRubric('Another one.');
  const waiting = model.run(turn);
  await expect.poll(() => model.wait).toBeDefined();
  model.stop();
  await waiting;
  expect([model.isRunning, model.wait, model.problems]).toEqual([false, undefined, []]);
  again.release();
});

test('a judge without a verdict says so, and one that refuses the form is asked without it', async () => {
  const session = start('one', 'two');
  await ask(session);
  const { model, turn } = session.judging;
  if (!turn) throw new Error('There is nothing to judge.');
  model.choose({ backendId: 'judge', modelId: 'm' });
  answers['judge'] = () => 'Both are lovely.';
  await model.run(turn);
  expect(model.problems.join()).toMatch(/Lane \d and Lane \d: .*no verdict/);
  expect(model.votesOver(turn)).toEqual([]);

  answers['judge'] = ({ format }) => (format === undefined ? '{"verdict": "tie"}' : 400);
  await model.run(turn);
  expect(model.problems).toEqual([]);
  expect(model.votesOver(turn)).toMatchObject([{ outcome: 'tie' }]);
});

test('checks are held against every answer, and kept with the comparison', async () => {
  const session = start('one', 'two');
  await ask(session);
  const { checks, turn } = session.judging;
  if (!turn) throw new Error('There is nothing to check.');
  const contains = { kind: 'contains', text: 'Two' } as const;
  const code = { kind: 'code', code: '(answer, prompt) => prompt + "|" + answer' } as const;
  checks.add(contains);
  checks.add(code);
  await checks.run(turn.candidates);
  const outcomes = turn.candidates.map(({ answer }) => checks.result(answer.id, contains)?.outcome);
  expect(outcomes).toEqual(['failed', 'passed']);
  const [, two] = turn.candidates;
  expect(checks.result(two?.answer.id ?? '', code)?.note).toBe('Who are you?|I am Two.');
  await expect
    .poll(async () => (await (await database.connect()).getAll('comparisons'))[0]?.checks)
    .toEqual([contains, code]);
});

test('ratings follow from the votes of one judge or of all; all votes are deleted and come back', async () => {
  const { votes } = list;
  votes.open();
  const side = (name: string, number: number) => {
    return { modelKey: name, label: name.toUpperCase(), answerId: `${name}${number}`, length: number };
  };
  const judge = {
    kind: 'model',
    modelKey: 'j',
    label: 'Judge',
    rubric: '',
    verdicts: ['right', 'right'],
    reason: '',
  } as const;
  for (let number = 1; number <= 12; number++) {
    const sides = { left: side('a', number), right: side('b', 20) };
    const vote = { comparisonId: 'k', createdAt: number, prompt: '', ...sides };
    votes.add({ ...vote, id: `p${number}`, outcome: 'left', judge: { kind: 'person' } });
    votes.add({ ...vote, id: `m${number}`, outcome: 'right', judge });
  }
  const view = new RatingsView(votes);
  expect(view.judges.map(({ key, votes: count }) => [key, count])).toEqual([
    ['person', 12],
    ['model j', 12],
  ]);
  await view.reckon(view.votes);
  expect(view.ratings.map(({ model }) => view.labelOf(model))).toEqual(['A', 'B']);
  expect(view.ratings[0]?.interval?.isOpen).toBe('above');
  view.chosen = 'model j';
  await view.reckon(view.votes);
  expect(view.ratings.map(({ model }) => view.labelOf(model))).toEqual(['B', 'A']);
  view.chosen = 'all';
  await view.reckon(view.votes);
  expect(view.ratings[0]?.points).toBeCloseTo(1000, 3);
  expect(view.agreements).toMatchObject([{ key: 'model j', agreement: { agreed: { part: 0, whole: 12 } } }]);
  expect(view.toJsonLines().trim().split('\n')).toHaveLength(24);

  await expect.poll(keptVotes).toHaveLength(24);
  await votes.deleteAll();
  await expect.poll(() => votes.all).toEqual([]);
  notices.list.at(-1)?.action?.run();
  await expect.poll(() => votes.all).toHaveLength(24);
});
