import { expect, test } from 'vitest';
import { readComparisonFile } from '../../../../src/compare/kept/comparison-file';
import { runManifestOf } from '../../../../src/compare/manifest/run-manifest-of';
import type { ChatMessage } from '../../../../src/core/chat-message';
import type { AnswerMessage } from '../../../../src/core/conversation';
import { answerManifest } from '../../../../src/state/answer-manifest';
import { answer, retrieval } from '../answer';

const call = { id: 'call', name: 'calculator', arguments: '{"expression":"6*7"}' };
const messages: readonly ChatMessage[] = [
  { role: 'system', text: 'Be brief.' },
  { role: 'user', text: 'What is 6 × 7?', images: [{ mediaType: 'image/png', base64: 'AAAA' }] },
  { role: 'assistant', text: '', toolCalls: [call] },
  { role: 'tool', text: '42', toolCallId: 'call', toolName: 'calculator' },
];
const full = answer({
  text: 'It is 42.',
  runsOn: 'server',
  endReason: 'stop',
  contextLength: 4096,
  provenance: {
    kind: 'ollama',
    version: '0.12.11',
    digest: 'd5',
    isPlain: true,
    tools: [{ name: 'calculator', description: 'Reckons.', parameters: { type: 'object' } }],
  },
  effects: [
    { param: 'seed', outcome: 'sent', requested: 7, wire: 'seed', sent: 7 },
    { param: 'topK', outcome: 'ignored', requested: 40 },
  ],
  usage: { promptTokens: 9, completionTokens: 4 },
  timings: { prefillMs: 2 },
  measurement: { firstTokenMs: 10, totalMs: 90, completionTokens: 4, isEstimated: false },
  circumstances: { wasHidden: true },
});

function read(manifest: object) {
  let count = 0;
  return readComparisonFile(JSON.stringify(manifest), () => `new-${++count}`);
}

function lastAnswer({ messages: rows }: ReturnType<typeof read>): AnswerMessage {
  const row = rows.at(-1);
  if (row?.role !== 'assistant') throw new Error('No answer');
  return row;
}

test('a manifest comes back as a lane whose answer has the same manifest', () => {
  const manifest = runManifestOf(full, messages);
  const whole = read(manifest);
  expect(answerManifest(whole.messages, lastAnswer(whole))).toEqual(manifest);
  expect(whole.comparison.lanes).toMatchObject([
    {
      backendId: 'ollama',
      modelId: 'm',
      own: { params: { seed: 7, topK: 40 }, systemPrompt: 'Be brief.' },
    },
  ]);
  expect(whole.comparison.title).toBe('What is 6 × 7?');
  expect(whole.conversations[0]?.leafId).toBe(lastAnswer(whole).id);
});

test('one that continues a text keeps what it continues', () => {
  const begun: readonly ChatMessage[] = [
    { role: 'user', text: 'Count.' },
    { role: 'assistant', text: 'One, two' },
  ];
  const continued = answer({
    text: 'One, two, three.',
    continuedFrom: { messageId: 'begun', modelLabel: 'M', length: 8 },
  });
  const manifest = runManifestOf(continued, begun);
  const whole = read(manifest);
  expect(answerManifest(whole.messages, lastAnswer(whole))).toEqual(manifest);
});

test('a manifest that is not one is refused, with the place', () => {
  const format = 'switchyard-run/1';
  expect(() => read({ format })).toThrow(/was not imported/);
  const manifest = runManifestOf(full, messages);
  expect(() => read({ ...manifest, usage: 'many' })).toThrow(/messages\.3/);
  expect(() => read({ ...manifest, request: { ...manifest.request, params: { seed: 'x' } } })).toThrow(
    /comparison\.lanes\.0\.own/,
  );
});

test('an answer from documents comes back with the question as it was typed, and the same prompt', () => {
  const asked: ChatMessage[] = [{ role: 'user', text: retrieval.prompt }];
  const manifest = runManifestOf(answer({ retrieval }), asked);
  const whole = read(manifest);
  expect(whole.messages[0]).toMatchObject({ role: 'user', text: retrieval.question });
  expect(lastAnswer(whole).retrieval).toEqual(retrieval);
  expect(answerManifest(whole.messages, lastAnswer(whole))).toEqual(manifest);
});
