/** How many cells a run has, and what each of them asks. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planBatch } from '../../../../src/batch/plan/batch-plan';
import { cellRequest } from '../../../../src/batch/plan/cell-request';
import { runProblems } from '../../../../src/batch/plan/run-problems';
import { batchRun } from '../batch-run';

const few = fc.integer({ min: 1, max: 4 });

describe('planBatch', () => {
  it('has every combination once', () => {
    fc.assert(
      fc.property(few, few, few, few, few, (items, lanes, temperatures, seeds, repeats) => {
        const run = batchRun({
          data: { columns: ['a'], items: Array.from({ length: items }, (_, a) => ({ a: String(a) })) },
          lanes: Array.from({ length: lanes }, () => ({ backendId: 'b', modelId: 'm' })),
          grid: {
            temperature: Array.from({ length: temperatures }, (_, index) => index),
            topK: Array.from({ length: seeds }, (_, index) => index),
          },
          repeats,
        });
        const plan = planBatch(run);
        expect(plan.size).toBe(items * lanes * temperatures * seeds * repeats);
        const seen = Array.from({ length: plan.size }, (_, cell) => plan.cellAt(cell));
        const keys = seen.map(({ item, lane, point, repeat }) => `${item} ${lane} ${point} ${repeat}`);
        expect(new Set(keys).size).toBe(plan.size);
        expect(seen.every(({ item, lane }) => item < items && lane < lanes)).toBe(true);
        expect(new Set(plan.points.map((point) => JSON.stringify(point))).size).toBe(temperatures * seeds);
      }),
    );
  });

  it('has one point without settings where there is no grid', () => {
    expect(planBatch(batchRun()).points).toEqual([{}]);
  });
});

describe('cellRequest', () => {
  const run = batchRun({
    common: { params: { temperature: 1, seed: 7 }, systemPrompt: 'The answer is {{answer}}.' },
    lanes: [
      { backendId: 'one', modelId: 'm' },
      { backendId: 'two', modelId: 'n', own: { params: { topK: 3 }, systemPrompt: ' ' } },
    ],
    grid: { temperature: [0, 0.5] },
    repeats: 2,
  });
  const plan = planBatch(run);
  const requests = Array.from({ length: plan.size }, (_, cell) => cellRequest(run, plan, plan.cellAt(cell)));

  it('fills the prompts, and the grid has the last word', () => {
    expect(requests[0]).toMatchObject({
      messages: [
        { role: 'system', text: 'The answer is 4.' },
        { role: 'user', text: 'How much is 2 + 2?' },
      ],
      params: { temperature: 0, seed: 7 },
    });
  });

  it('gives each repeat the next seed', () => {
    expect(requests.slice(0, 4).map(({ params }) => [params.temperature, params.seed])).toEqual([
      [0, 7],
      [0, 8],
      [0.5, 7],
      [0.5, 8],
    ]);
  });

  it('takes a lane’s own settings in place of the common ones, and sends no empty system prompt', () => {
    expect(requests[4]).toMatchObject({
      lane: { backendId: 'two' },
      messages: [{ role: 'user' }],
      params: { topK: 3, temperature: 0 },
    });
    expect(requests[4]?.params.seed).toBeUndefined();
  });
});

it('says all that keeps a run from starting', () => {
  const problems = runProblems(
    batchRun({
      prompt: '{{nothing}}',
      checks: [{ kind: 'contains', text: '{{no}}' }],
      concurrency: { three: 4 },
      lanes: [],
    }),
  );
  expect(problems).toHaveLength(4);
  expect(problems.join(' ')).toMatch(/no lane.*three.*In the prompt.*nothing.*In the check 1.*“no”/);
});
