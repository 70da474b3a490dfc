import { describe, expect, test } from 'vitest';
import { readBatchFile, writeBatchFile } from '../../../../src/batch/kept/batch-file';
import type { CellResult, WholeBatch } from '../../../../src/core/batch';
import { batchRun, cellResult } from '../batch-run';

/** With every field that an answer of a batch can have. */
const full: Required<CellResult> = {
  ...cellResult(0),
  source: {
    kind: 'ollama',
    label: 'Ollama · m',
    version: '0.12',
    digest: 'd',
    source: 's',
    quantization: 'Q8_0',
    templateDigest: 't',
    isPlain: true,
    tools: [{ name: 'date', description: 'Today.', parameters: { type: 'object' } }],
  },
  loaded: { runsOn: 'server', contextLength: 2048, notice: 'On the processor.' },
  endReason: 'length',
  usage: { promptTokens: 9, cachedTokens: 2, completionTokens: 4, reasoningTokens: 1 },
  timings: { loadMs: 1, prefillMs: 2, decodeMs: 3 },
  measurement: { firstTokenMs: 10, totalMs: 90, completionTokens: 4, isEstimated: false },
  circumstances: { wasHidden: true, sharedWith: ['Lane 2'] },
  effects: [{ param: 'temperature', outcome: 'sent', requested: 0.2, wire: 'temperature', sent: 0.2 }],
  corrections: ['A correction.'],
  error: { code: 'timeout', message: 'Too slow.', detail: { hint: 'Wait.' } },
  checks: [{ outcome: 'failed', note: 'No 4 in it.', score: 0.5 }],
};
const whole: WholeBatch = {
  batch: {
    id: 'old',
    createdAt: 1,
    updatedAt: 2,
    run: batchRun({
      checks: [{ kind: 'near', value: '{{answer}}', within: 0.5 }],
      grid: { temperature: [0, 1] },
      repeats: 2,
      concurrency: { one: 3 },
      upstreams: [{ id: 'one', kind: 'vllm', label: 'vLLM', baseUrl: 'http://localhost:8000' }],
    }),
  },
  results: [full, cellResult(5, { state: 'failed' })],
};

test('all of a batch comes back, under an id of its own', () => {
  expect(readBatchFile(writeBatchFile(whole), () => 'new')).toEqual({
    ...whole,
    batch: { ...whole.batch, id: 'new' },
  });
});

describe('a damaged batch is refused', () => {
  test.each<[string, (content: string) => string]>([
    ['no JSON', (content) => content.slice(0, -1)],
    ['an answer without a text', (content) => content.replace('"text":', '"other":')],
    ['an answer that belongs to no question', (content) => content.replace('"cell":5', '"cell":500')],
    ['a setting that is none', (content) => content.replace('\\"temperature\\": [', '\\"heat\\": [')],
    ['a variable without a column', (content) => content.replace('{{question}}', '{{riddle}}')],
  ])('%s', (_, spoil) => {
    const content = writeBatchFile(whole);
    const spoiled = spoil(content);
    expect(spoiled).not.toBe(content);
    expect(() => readBatchFile(spoiled, () => 'new')).toThrow('a batch in it is damaged');
  });
});
