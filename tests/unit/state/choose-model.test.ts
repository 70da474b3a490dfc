import { expect, test } from 'vitest';
import type { BackendEntry } from '../../../src/state/backend-entry';
import { chooseModel } from '../../../src/state/choose-model';

const local: BackendEntry = {
  connection: { id: 'wllama', kind: 'wllama', label: 'In this page' },
  state: 'ready',
  models: [{ id: 'smol' }],
};
const ollama: BackendEntry = {
  connection: { id: 'ollama', kind: 'ollama', label: 'Ollama', baseUrl: 'http://x', via: 'relay' },
  state: 'ready',
  models: [{ id: 'a' }, { id: 'b' }],
};
const down: BackendEntry = { ...ollama, state: 'unreachable', models: [] };

test('the person’s choice stays, even while its server is down', () => {
  const choice = { backendId: 'ollama', modelId: 'b' };
  expect(chooseModel([local, down], choice, undefined)).toBe(choice);
});

test('a choice whose backend was removed falls back', () => {
  const choice = { backendId: 'gone', modelId: 'b' };
  expect(chooseModel([local], choice, undefined)).toEqual({ backendId: 'wllama', modelId: 'smol' });
});

test('the relay’s backend type and default model come first', () => {
  const config = { backendType: 'ollama', defaultModel: 'b' } as const;
  expect(chooseModel([local, ollama], null, config)).toEqual({ backendId: 'ollama', modelId: 'b' });
});

test('when the preferred backend has nothing, the first that answers is taken', () => {
  expect(chooseModel([local, down], null, { backendType: 'ollama' })).toEqual({
    backendId: 'wllama',
    modelId: 'smol',
  });
  expect(chooseModel([{ ...local, models: [] }, ollama], null, { backendType: 'local' })).toEqual({
    backendId: 'ollama',
    modelId: 'a',
  });
});

test('without any model there is none', () => {
  expect(chooseModel([{ ...local, models: [] }, down], null, undefined)).toBeNull();
});

test('any engine in the page counts as local', () => {
  const onnx: BackendEntry = {
    connection: { id: 'transformers', kind: 'transformers', label: 'In this page (Transformers.js)' },
    state: 'ready',
    models: [{ id: 'smol-onnx' }],
  };
  expect(chooseModel([{ ...local, models: [] }, onnx, ollama], null, { backendType: 'local' })).toEqual({
    backendId: 'transformers',
    modelId: 'smol-onnx',
  });
});

test('a model that only embeds is no choice', () => {
  const embedder = { id: 'minilm', capabilities: { embedding: true } };
  const first = { ...local, models: [embedder, ...local.models] };
  expect(chooseModel([first], null, { backendType: 'local', defaultModel: 'minilm' })?.modelId).toBe('smol');
  expect(chooseModel([{ ...local, models: [embedder] }, ollama], null, undefined)?.backendId).toBe('ollama');
});
