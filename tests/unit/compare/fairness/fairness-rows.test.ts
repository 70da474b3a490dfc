import { expect, test } from 'vitest';
import { ollamaParams } from '../../../../src/backends/ollama/params';
import { openAiParams, vllmParams } from '../../../../src/backends/openai-compatible/params';
import { fairnessRows, type FairnessTopic } from '../../../../src/compare/fairness/fairness-rows';
import type { LaneFacts } from '../../../../src/compare/fairness/lane-facts';
import { makeEqual } from '../../../../src/compare/fairness/make-equal';
import { usualRetrieval } from '../../../../src/core/retrieval';

const ollama = ollamaParams[0]?.params;
const vllm = vllmParams[0]?.params;
const openAi = openAiParams[0]?.params;

function lane(change: Partial<LaneFacts> = {}): LaneFacts {
  return {
    backendId: 'ollama',
    modelId: 'm',
    kind: 'ollama',
    version: '0.12.11',
    table: ollama,
    params: {},
    suggested: {},
    systemPrompt: '',
    collections: [],
    retrieval: usualRetrieval,
    contextLength: 4096,
    quantization: 'Q4_K_M',
    templateDigest: 'abc',
    isPlain: false,
    ...change,
  };
}

const verdict = (topic: FairnessTopic, ...lanes: LaneFacts[]) =>
  fairnessRows(lanes).find((row) => row.topic === topic)?.verdict;

test('the same model twice under the same settings differs in nothing', () => {
  expect(fairnessRows([lane(), lane()]).filter(({ verdict: one }) => one !== 'same')).toEqual([]);
});

test.each<[FairnessTopic, Partial<LaneFacts>]>([
  ['engine', { version: '0.13.0' }],
  ['systemPrompt', { systemPrompt: 'Be brief.' }],
  ['documents', { collections: ['Recipes'] }],
  ['template', { templateDigest: 'def' }],
  ['template', { isPlain: true }],
  ['contextLength', { contextLength: 2048 }],
  ['contextLength', { params: { contextLength: 8192 } }],
  ['quantization', { quantization: 'F16' }],
])('%s differs', (topic, change) => {
  expect(verdict(topic, lane(), lane(change))).toBe('different');
});

test('quantization is the same in small letters, and what one lane does not tell is not known', () => {
  expect(verdict('quantization', lane(), lane({ quantization: 'q4_k_m' }))).toBe('same');
  expect(verdict('template', lane(), lane({ templateDigest: undefined }))).toBe('unknown');
  expect(
    verdict('template', lane(), lane({ templateDigest: 'def' }), lane({ templateDigest: undefined })),
  ).toBe('different');
});

test('a setting is weighed as it takes effect: bent into range, advised by the makers, or ignored', () => {
  const set = lane({ params: { temperature: 2 } });
  expect(verdict('temperature', set, lane({ params: { temperature: 9 } }))).toBe('same');
  expect(verdict('temperature', set, lane({ suggested: { temperature: 2 } }))).toBe('same');
  expect(verdict('temperature', set, lane({ params: { temperature: 1 } }))).toBe('different');
  const ignoring = lane({ backendId: 'openai', kind: 'openai', table: openAi, params: { topK: 40 } });
  expect(verdict('topK', lane({ params: { topK: 40 } }), ignoring)).toBe('unknown');
});

test('defaults of two backends are not known to be alike; those of one model are', () => {
  const other = lane({ backendId: 'vllm', kind: 'vllm', table: vllm });
  expect(verdict('temperature', lane(), other)).toBe('unknown');
  expect(verdict('temperature', lane(), lane({ modelId: 'n' }))).toBe('unknown');
  expect(verdict('temperature', lane(), lane({ params: { temperature: 1 } }))).toBe('unknown');
  // Without one there is no stop string anywhere.
  expect(verdict('stop', lane(), other)).toBe('same');
});

test('until a backend is known, what was set for it is not known to take effect', () => {
  const early = lane({ table: undefined, params: { temperature: 1 } });
  expect(verdict('temperature', lane({ params: { temperature: 1 } }), early)).toBe('unknown');
});

test('make equal gives a value to all that every lane takes, keeps what was said, and tells the rest', () => {
  const lanes = [
    lane({ params: { contextLength: 8192 }, systemPrompt: 'Be brief.' }),
    lane({
      backendId: 'openai',
      kind: 'openai',
      table: openAi,
      contextLength: 2048,
      quantization: undefined,
    }),
  ];
  const { common, rest } = makeEqual(lanes, { params: { temperature: 0.2 }, systemPrompt: '' });
  expect(common).toEqual({
    systemPrompt: '',
    params: {
      temperature: 0.2,
      topP: 1,
      frequencyPenalty: 0,
      presencePenalty: 0,
      seed: 1,
      maxTokens: 1024,
    },
  });
  expect(rest.map(({ topic }) => topic)).toEqual([
    'engine',
    'contextLength',
    'quantization',
    'topK',
    'minP',
    'typicalP',
    'repeatPenalty',
    'thinking',
  ]);
});

test('the narrowest window is taken where every lane can be told of it', () => {
  const lanes = [
    lane({ contextLength: 8192 }),
    lane({ contextLength: 2048 }),
    lane({ contextLength: undefined }),
  ];
  expect(makeEqual(lanes, { params: {}, systemPrompt: '' }).common.params.contextLength).toBe(2048);
});

test('a value moves into the range of each lane, and asking twice changes nothing', () => {
  const lanes = [lane(), lane({ backendId: 'vllm', kind: 'vllm', table: vllm })];
  const once = makeEqual(lanes, { params: { temperature: 7 }, systemPrompt: '' }).common;
  expect(once.params.temperature).toBe(2);
  expect(makeEqual(lanes, once).common).toEqual(once);
});

test('a search in other ways differs only where there is a search', () => {
  const wider = { ...usualRetrieval, passages: 12 };
  expect(verdict('retrieval', lane(), lane({ retrieval: wider }))).toBe('same');
  const collections = ['Recipes'];
  expect(verdict('retrieval', lane({ collections }), lane({ collections, retrieval: wider }))).toBe(
    'different',
  );
  const { rest } = makeEqual([lane({ collections }), lane({ retrieval: wider })], {
    params: {},
    systemPrompt: '',
  });
  expect(rest.map(({ topic }) => topic)).not.toContain('documents');
  expect(rest.map(({ topic }) => topic)).not.toContain('retrieval');
});
