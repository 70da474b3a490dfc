import { expect, test } from 'vitest';
import type { BackendErrorCode } from '../../../src/core/backend-error';
import { type FailedModel, type ModelHere, smallerSteps } from '../../../src/state/smaller-steps';

function failed(backendId: string, code: BackendErrorCode = 'out-of-memory'): FailedModel {
  return { backendId, modelId: 'm', error: { code, message: 'No memory.', detail: {} } };
}

function model(modelId: string, bytes: number, quantization?: string): ModelHere {
  return { backendId: 'wllama', modelId, label: modelId.toUpperCase(), bytes, quantization };
}

const labels = (failure: FailedModel, contextLength?: number): string[] =>
  smallerSteps(failure, { contextLength }, []).map(({ label }) => label);

test('less context comes first, then the processor', () => {
  expect(labels(failed('wllama'), 8192)).toEqual(['with a context of 4,096 tokens', 'on the processor']);
});

test('a context that cannot get smaller is not offered', () => {
  expect(labels(failed('transformers'), 1024)).toEqual(['on the processor']);
});

test('WebLLM has no processor to go to', () => {
  expect(labels(failed('webllm'))).toEqual(['with a context of 2,048 tokens']);
});

test('what ran on the processor already is not sent there again', () => {
  expect(labels({ ...failed('wllama'), runsOn: 'this-cpu' }, 1024)).toEqual([]);
});

test('of the smaller models that are here the largest is offered', () => {
  const here = [model('tiny', 10), model('m', 100), model('small', 50, 'Q4_K_M'), model('large', 500)];
  expect(smallerSteps(failed('wllama'), {}, here).at(-1)).toEqual({
    label: 'with SMALL (Q4_K_M)',
    selection: { backendId: 'wllama', modelId: 'small' },
  });
});

test('where no smaller model is here none is offered', () => {
  const steps = smallerSteps(failed('wllama'), {}, [model('m', 100), model('large', 500), model('huh', 0)]);
  expect(steps.filter(({ selection }) => selection)).toEqual([]);
});

test('other failures and servers get no such offer', () => {
  const here = [model('m', 100), model('small', 50)];
  expect(smallerSteps(failed('wllama', 'context-overflow'), {}, here)).toEqual([]);
  expect(smallerSteps({ backendId: 'wllama', modelId: 'm' }, {}, here)).toEqual([]);
  expect(smallerSteps(failed('ollama'), {}, here)).toEqual([]);
});
