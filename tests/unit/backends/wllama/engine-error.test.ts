import { describe, expect, it } from 'vitest';
import { explainChatFailure, explainLoadFailure } from '../../../../src/backends/wllama/engine-error';
import { BackendError } from '../../../../src/core/backend-error';
import type { LocalModel } from '../../../../src/core/local-model';

const model: LocalModel = { id: 'm', engine: 'wllama', label: 'Model', files: [] };

describe('explainLoadFailure', () => {
  it.each([
    ['llama_model_load: error loading model: tensor data is not within the file bounds', 'load-failed', true],
    ["llama_model_load: error loading model: unknown model architecture: 'new'", 'load-failed', false],
    [
      'ggml_backend_cpu_buffer_type_alloc_buffer: failed to allocate buffer of size 99',
      'out-of-memory',
      false,
    ],
    ['llama_init_from_model: failed to initialize the context: std::bad_alloc', 'out-of-memory', false],
    ['llama_init_from_model: failed to initialize the context: no such thing', 'load-failed', false],
    ['', 'load-failed', true],
  ])('%s', (line, code, isFileDamaged) => {
    const failure = explainLoadFailure(model, [line]);
    expect(failure.code).toBe(code);
    expect(failure.detail.isFileDamaged ?? false).toBe(isFileDamaged);
  });

  it.each(['Cannot allocate WebAssembly.Memory', 'WebAssembly.Memory(): could not allocate memory'])(
    'reads “%s” where the log says nothing',
    (said) => {
      expect(explainLoadFailure(model, [], new Error(said)).code).toBe('out-of-memory');
    },
  );
});

describe('explainChatFailure', () => {
  const overflow =
    'request (3008 tokens) exceeds the available context size (1024 tokens), try increasing it';

  it.each([
    [new Error(overflow), 'context-overflow', /3008 tokens.*1024/],
    [new Error('the request exceeds the context size'), 'context-overflow', /too long for this model\.$/],
    [new Error('(ABORT) OOM'), 'out-of-memory', /memory/],
    [new Error('(ABORT) '), 'load-failed', /stopped working/],
    ['wllama has crashed, please reload the module', 'load-failed', /stopped working/],
  ])('%s', (thrown, code, message) => {
    const error = explainChatFailure(thrown, []);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  it('blames the schema only when one was sent and the log complains about it', () => {
    const thrown = new RangeError('Invalid typed array length: 1163217991');
    const log = ['Automatic parser generation failed: JSON schema error at #: unrecognized type nonsense'];
    expect(explainChatFailure(thrown, log, 'JSON Schema').code).toBe('bad-request');
    expect(explainChatFailure(thrown, log).code).toBe('load-failed');
    expect(explainChatFailure(thrown, [], 'JSON Schema').code).toBe('load-failed');
  });

  it('passes our own errors on', () => {
    const error = new BackendError('bad-request', 'No images.');
    expect(explainChatFailure(error, [])).toBe(error);
  });
});
