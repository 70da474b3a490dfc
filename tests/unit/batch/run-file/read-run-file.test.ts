/** Run files: what is read of them, and what is wrong in them with its place. */
import { expect, it } from 'vitest';
import { ownItems, readRunFile, runOf } from '../../../../src/batch/run-file/read-run-file';
import { writeRunFile } from '../../../../src/batch/run-file/write-run-file';
import { batchRun } from '../batch-run';

const least = {
  data: { items: [{ text: 'x' }] },
  prompt: 'Say {{text}}',
  lanes: [{ backendId: 'vllm', modelId: 'm' }],
};
const problemsOf = (value: unknown): readonly string[] => {
  const read = readRunFile(JSON.stringify(value));
  return 'problems' in read ? read.problems : [];
};

it('fills in what is not said', () => {
  const read = readRunFile(JSON.stringify(least));
  if (!('file' in read)) throw new Error(read.problems.join(' '));
  const data = ownItems(read.file);
  expect(data).toEqual({ data: { columns: ['text'], items: [{ text: 'x' }] } });
  expect(data && 'data' in data && runOf(read.file, data.data)).toMatchObject({
    run: { repeats: 1, grid: {}, checks: [], concurrency: {}, common: { params: {}, systemPrompt: '' } },
  });
});

it('reads what it writes', () => {
  const run = batchRun({
    grid: { temperature: [0, 1], thinking: ['low'] },
    checks: [{ kind: 'near', value: '{{answer}}', within: 0.5 }],
    concurrency: { one: 8 },
    upstreams: [{ id: 'one', kind: 'vllm', baseUrl: 'http://localhost:8000' }],
  });
  const read = readRunFile(writeRunFile(run));
  if (!('file' in read)) throw new Error(read.problems.join(' '));
  expect(runOf(read.file, run.data)).toEqual({ run });
});

it('names the field of everything that is wrong', () => {
  const problems = problemsOf({
    ...least,
    prompt: '',
    lanes: [{ backendId: 'vllm' }, { backendId: 'vllm', modelId: 'm', own: { params: { temprature: 1 } } }],
    repeats: 0,
    grid: { temperature: ['hot'], colour: [1] },
    checks: [{ kind: 'pattern', pattern: '(' }],
    concurrency: { vllm: 1.5 },
    upstreams: [{ id: 'a', kind: 'vllm', baseUrl: 'localhost' }],
    surprise: true,
  });
  expect(problems).toEqual([
    'prompt: must not be empty.',
    'lanes[0].modelId: is missing.',
    'lanes[1].own.params.temprature: is not a known key.',
    'repeats: must be a whole number from 1 on.',
    'grid.temperature[0]: must be a number.',
    'grid.colour: is not a known key.',
    'checks[0].pattern: must be a regular expression of JavaScript.',
    'concurrency.vllm: must be a whole number from 1 on.',
    'upstreams[0].baseUrl: must be an http or https URL such as http://localhost:8000.',
    'surprise: is not a known key.',
  ]);
});

it('says what is no JSON, and what no data set is', () => {
  const read = readRunFile('{');
  expect(read).toMatchObject({ problems: [/^This is not JSON/] });
  expect(problemsOf({ ...least, data: 'x.csv' })).toEqual(['data: must be {"path": "…"} or {"items": […]}.']);
});
