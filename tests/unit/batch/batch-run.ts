/** Runs and results for tests. */
import type { BatchRun, CellResult } from '../../../src/core/batch';

export function batchRun(change: Partial<BatchRun> = {}): BatchRun {
  return {
    title: 'Sums',
    data: {
      columns: ['question', 'answer'],
      items: [
        { question: '2 + 2', answer: '4' },
        { question: '3 + 4', answer: '7' },
      ],
    },
    prompt: 'How much is {{question}}?',
    lanes: [
      { backendId: 'one', modelId: 'm' },
      { backendId: 'two', modelId: 'm' },
    ],
    common: { params: {}, systemPrompt: '' },
    repeats: 1,
    grid: {},
    checks: [],
    expected: '',
    concurrency: {},
    upstreams: [],
    ...change,
  };
}

export function cellResult(cell: number, change: Partial<CellResult> = {}): CellResult {
  return {
    cell,
    state: 'done',
    startedAt: 0,
    attempts: 1,
    source: { kind: 'vllm', label: 'vLLM · m' },
    text: `answer ${cell}`,
    reasoning: '',
    endReason: 'stop',
    effects: [],
    ...change,
  };
}
