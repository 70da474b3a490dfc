/** What is kept of how an answer came about, and the same asked again. */
import { deleteDB } from 'idb';
import { afterEach, expect, test, vi } from 'vitest';
import type { AnswerMessage } from '../../../src/core/conversation';
import { answerManifest } from '../../../src/state/answer-manifest';
import { checkDeterminism } from '../../../src/state/comparison/check-determinism';
import type { Lane } from '../../../src/state/comparison/lane.svelte';
import { replay } from '../../../src/state/replay';
import { ConversationStore } from '../../../src/storage/conversation-store';
import { openComparison, type OpenedComparison } from './open-comparison';

let opened: OpenedComparison;
const open = async (...given: Parameters<typeof openComparison>): Promise<Lane> => {
  opened = await openComparison(...given);
  const [lane] = opened.session.lanes;
  if (!lane) throw new Error('No lane');
  return lane;
};
afterEach(async () => {
  await opened.session.stopAll();
  opened.session.close();
  vi.restoreAllMocks();
  await deleteDB(opened.database.name);
});

async function ask(lane: Lane, text: string): Promise<AnswerMessage> {
  opened.session.send(text);
  await expect.poll(() => lane.session.isAnswering).toBe(false);
  const answer = lane.session.branch.at(-1);
  if (answer?.role !== 'assistant') throw new Error('No answer');
  return answer;
}

test('an answer keeps what named its weights, engine and versions; its manifest holds all that was sent', async () => {
  const own = { params: { seed: 7 }, systemPrompt: 'Be brief.' };
  const lane = await open([{ modelId: 'm', own }], () => 'Yes.');
  await ask(lane, 'First?');
  const answer = await ask(lane, 'Second?');
  expect(answer.provenance).toEqual({ kind: 'vllm', version: '0.12.0', source: '/models/m', digest: 'd5' });
  const manifest = answerManifest(lane.session.messages, answer);
  expect(manifest.request).toMatchObject({
    params: { seed: 7 },
    messages: [
      { role: 'system', text: 'Be brief.' },
      { role: 'user', text: 'First?' },
      { role: 'assistant', text: 'Yes.' },
      { role: 'user', text: 'Second?' },
    ],
  });
  expect(manifest.answer.text).toBe('Yes.');
  const kept = await new ConversationStore(opened.database).readMessages(lane.session.id);
  expect(kept.find(({ id }) => id === answer.id)).toMatchObject({ provenance: { version: '0.12.0' } });
});

test('a replay asks the model of then with the settings of then, and stands beside the first', async () => {
  const own = { params: { seed: 7, temperature: 0.5 }, systemPrompt: 'Be brief.' };
  const lane = await open([{ modelId: 'm', own }], (_, index) => `Answer ${index + 1}.`);
  const first = await ask(lane, 'Hello');
  await lane.select({ backendId: 'lab', modelId: 'n' });
  lane.changeSettings({ params: {}, systemPrompt: 'Be long.' });
  const second = await replay(lane.session, first);
  expect(opened.asked[1]).toEqual(opened.asked[0]);
  expect(second).toMatchObject({
    text: 'Answer 2.',
    modelId: 'm',
    parentId: first.parentId,
    replayOf: first.id,
  });
  // The lane itself goes on as it was set.
  await ask(lane, 'And now?');
  expect(opened.asked[2]).toMatchObject({ model: 'n' });
  expect(opened.asked[2]?.seed).toBeUndefined();
});

test('the same seed twice: the same came of it', async () => {
  const lane = await open([{ modelId: 'm' }], () => 'Always this.');
  await ask(lane, 'Hello');
  const halves: number[] = [];
  const check = await checkDeterminism(lane, () => halves.push(opened.asked.length));
  expect(halves).toEqual([2]);
  expect(opened.asked.map(({ seed }) => seed)).toEqual([undefined, 1, 1]);
  expect(check).toMatchObject({ usedSeed: 1, seed: 'sent', difference: undefined, areWhole: true });
  expect(lane.session.messages).toHaveLength(4);
});

test('the same seed twice: where it parts; a lane keeps its own seed', async () => {
  const own = { params: { seed: 5 }, systemPrompt: '' };
  const lane = await open([{ modelId: 'm', own }], (_, index) => `Number ${index}.`);
  await ask(lane, 'Hello');
  const check = await checkDeterminism(lane, () => undefined);
  expect(opened.asked.map(({ seed }) => seed)).toEqual([5, 5, 5]);
  expect(check).toMatchObject({ usedSeed: 5, difference: { word: 2, first: '1.', second: '2.' } });
});

test('a check that is stopped has no result, and does not ask a second time', async () => {
  let release: (text: string) => void = () => undefined;
  const lane = await open([{ modelId: 'm' }], (_, index) =>
    index === 0 ? 'Yes.' : new Promise((resolve) => (release = resolve)),
  );
  await ask(lane, 'Hello');
  const checking = checkDeterminism(lane, () => undefined);
  await expect.poll(() => opened.asked.length).toBe(2);
  await lane.session.stop();
  release('Late.');
  expect(await checking).toBeUndefined();
  expect(opened.asked).toHaveLength(2);
});
