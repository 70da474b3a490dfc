import { expect, test } from 'vitest';
import type { BackendErrorCode } from '../../../src/core/backend-error';
import type { AnswerMessage } from '../../../src/core/conversation';
import { smallerSteps } from '../../../src/state/smaller-steps';

function failed(backendId: string, code: BackendErrorCode = 'out-of-memory'): AnswerMessage {
  const error = { code, message: 'No memory.', detail: {} };
  const base = { id: 'a', conversationId: 'c', parentId: 'q', position: 1, createdAt: 0, text: '' };
  const names = { backendId, backendLabel: 'B', modelId: 'm', modelLabel: 'M' };
  return { ...base, ...names, role: 'assistant', state: 'failed', reasoning: '', error };
}

const labels = (answer: AnswerMessage, contextLength?: number): string[] =>
  smallerSteps(answer, { contextLength }).map(({ label }) => label);

test('less context comes first, then the processor', () => {
  expect(labels(failed('wllama'), 8192)).toEqual([
    'Retry with a context of 4,096 tokens',
    'Retry on the processor',
  ]);
});

test('a context that cannot get smaller is not offered', () => {
  expect(labels(failed('transformers'), 1024)).toEqual(['Retry on the processor']);
});

test('WebLLM has no processor to go to', () => {
  expect(labels(failed('webllm'))).toEqual(['Retry with a context of 2,048 tokens']);
});

test('what ran on the processor already is not sent there again', () => {
  expect(labels({ ...failed('wllama'), runsOn: 'this-cpu' }, 1024)).toEqual([]);
});

test('other failures and servers get no such offer', () => {
  expect(labels(failed('wllama', 'context-overflow'))).toEqual([]);
  expect(labels(failed('ollama'))).toEqual([]);
});
