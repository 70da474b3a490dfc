import { describe, expect, it } from 'vitest';
import { readComparisonFile, writeComparisonFile } from '../../../../src/compare/kept/comparison-file';
import type { WholeComparison } from '../../../../src/core/comparison';
import { type AnswerMessage, branchTo, type StoredMessage } from '../../../../src/core/conversation';
import { answer, retrieval } from '../answer';

const question: StoredMessage = {
  id: 'question',
  conversationId: 'conversation',
  parentId: null,
  position: 0,
  createdAt: 1,
  role: 'user',
  text: 'Say hello.',
  images: [{ mediaType: 'image/png', base64: 'AAAA' }],
};

/** With every field that an answer can have. */
const full: Omit<Required<AnswerMessage>, 'relayAnswerId'> = {
  ...answer(),
  reasoning: 'Hm.',
  runsOn: 'server',
  endReason: 'stop',
  usage: { promptTokens: 9, cachedTokens: 2, completionTokens: 4, reasoningTokens: 1 },
  timings: { loadMs: 1, prefillMs: 2, decodeMs: 3 },
  measurement: {
    firstTokenMs: 10,
    totalMs: 90,
    gapMs: 1,
    loadMs: 5,
    loadTimings: { filesMs: 1, initializeMs: 2 },
    isCold: true,
    arrivedWhole: true,
    isRepeated: true,
    prefillTokensPerSecond: 100,
    tokensPerSecond: 50,
    completionTokens: 4,
    isEstimated: false,
  },
  circumstances: { wasHidden: true, sharedWith: ['Lane 2'] },
  timeline: [
    [10, 1],
    [90, 6],
  ],
  effects: [{ param: 'temperature', outcome: 'sent', requested: 0.2, wire: 'temperature', sent: 0.2 }],
  systemPrompt: { name: 'Short', text: 'Be short.' },
  tokens: [{ text: 'He', probability: 0.9, alternatives: [{ text: 'Hi', probability: 0.1 }] }],
  toolCalls: [{ id: 'call', name: 'date', arguments: '{}' }],
  ignoresTools: true,
  notice: 'A notice.',
  corrections: ['A correction.'],
  promptCharacters: 10,
  contextLength: 2048,
  cut: { read: 5, sent: 9, window: 8 },
  error: { code: 'timeout', message: 'Too slow.', detail: { hint: 'Wait.' } },
  continuedFrom: { messageId: 'earlier', modelLabel: 'M', length: 2, way: 'natively' },
  provenance: {
    kind: 'ollama',
    version: '0.12',
    digest: 'd',
    tools: [{ name: 'date', description: '', parameters: { type: 'object' } }],
  },
  replayOf: 'earlier',
  retrieval,
  sources: [{ title: 'A page', url: 'https://example.org/a', text: 'What it says.' }],
};
const earlier = answer({ id: 'earlier' });
const result: StoredMessage = {
  id: 'result',
  conversationId: 'conversation',
  parentId: 'answer',
  position: 2,
  createdAt: 1,
  role: 'tool',
  text: 'Sunday',
  toolCallId: 'call',
  toolName: 'date',
  answeredBy: 'built-in',
  durationMs: 3,
};

const whole: WholeComparison = {
  comparison: {
    id: 'comparison',
    title: 'Greetings',
    isTitleChosen: true,
    createdAt: 1,
    updatedAt: 2,
    lanes: [
      { id: 'lane', conversationId: 'conversation', backendId: 'ollama', modelId: 'm' },
      {
        id: 'unasked',
        conversationId: 'none',
        backendId: 'lab',
        modelId: 'n',
        own: {
          params: { temperature: 0, stop: ['\n'], format: { type: 'object' } },
          systemPrompt: 'Be short.',
        },
      },
    ],
    common: { params: {}, systemPrompt: '' },
    mode: 'one-by-one',
    scrollsTogether: true,
  },
  conversations: [
    {
      id: 'conversation',
      title: 'Greetings',
      isTitleChosen: false,
      createdAt: 1,
      updatedAt: 2,
      leafId: 'result',
      comparisonId: 'comparison',
    },
  ],
  messages: [question, earlier, full, result],
};

function counter(): () => string {
  let count = 0;
  return () => `new-${++count}`;
}
const read = (content: string) => readComparisonFile(content, counter());
const written = (change: object = {}) =>
  JSON.stringify({ ...(JSON.parse(writeComparisonFile(whole)) as object), ...change });

describe('a comparison as a file', () => {
  it('loses nothing but the ids', () => {
    const { renewed, ...back } = read(writeComparisonFile(whole));
    const names = new Map(
      [
        ['comparison', back.comparison.id],
        ['conversation', back.conversations[0]?.id],
        ...back.comparison.lanes.map(({ id }, index) => [whole.comparison.lanes[index]?.id, id]),
        ['none', back.comparison.lanes[1]?.conversationId],
        ...back.messages.map(({ id }, index) => [whole.messages[index]?.id, id]),
      ].map(([old, fresh]) => [fresh, old]),
    );
    const renamed: unknown = JSON.parse(JSON.stringify(back), (_key, value: unknown) =>
      typeof value === 'string' && names.has(value) ? names.get(value) : value,
    );
    expect(renamed).toEqual(whole);
    expect([...names.keys()].every((id) => id?.startsWith('new-'))).toBe(true);
    expect(renewed.get('comparison')).toBe(back.comparison.id);
    expect(whole.messages.map(({ id }) => renewed.get(id))).toEqual(back.messages.map(({ id }) => id));
  });

  it('can be read twice, side by side', () => {
    const newId = counter();
    const [one, two] = [written(), written()].map((content) => readComparisonFile(content, newId));
    const ids = [one, two].flatMap((each) => [
      each?.comparison.id,
      ...(each?.messages.map(({ id }) => id) ?? []),
    ]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([
    ['no JSON', '{"format":', 'it is not JSON'],
    ['another JSON', '[1]', 'not exported from Compare'],
    ['a later version', written({ version: 2 }), 'another version'],
    [
      'a lane without a model',
      written({ comparison: { ...whole.comparison, lanes: [{ id: 'a' }] } }),
      'comparison.lanes.0',
    ],
    ['a text that is a number', written({ messages: [{ ...question, text: 5 }] }), 'messages.0'],
    ['the same id twice', written({ messages: [question, question] }), 'the same id'],
    [
      'more lanes than there can be',
      written({ comparison: { ...whole.comparison, lanes: Array(13).fill(whole.comparison.lanes[0]) } }),
      'comparison.lanes',
    ],
  ])('%s is refused, with the place', (_what, content, words) => {
    expect(() => read(content)).toThrow(words);
  });

  it('an answer that ran while it was exported has broken off', () => {
    const running = { ...earlier, state: 'streaming' as const, relayAnswerId: 'secret' };
    const back = read(written({ messages: [question, running] }));
    expect(back.messages[1]).toMatchObject({ state: 'incomplete' });
    expect(back.messages[1]).not.toHaveProperty('relayAnswerId');
  });

  it('parents that go round in a circle come to an end', () => {
    const messages = [
      { ...question, id: 'a', parentId: 'b', position: 0 },
      { ...question, id: 'b', parentId: 'a', position: 1 },
    ];
    const back = read(written({ messages }));
    expect(branchTo(back.messages, back.messages[1]?.id)).toHaveLength(2);
  });
});
