import { modelVersion } from '@mlc-ai/web-llm';
import { describe, expect, it } from 'vitest';
import { explainAnswerFailure, explainLoadFailure } from '../../../../src/backends/webllm/engine-error';
import { BackendError } from '../../../../src/core/backend-error';

function named(name: string, message = 'said so'): Error {
  return Object.assign(new Error(message), { name });
}

describe('by the name of the class', () => {
  it.each([
    ['ContextWindowSizeExceededError', 'context-overflow'],
    ['EmbeddingExceedContextWindowSizeError', 'context-overflow'],
    ['DeviceLostError', 'out-of-memory'],
    ['ShaderF16SupportError', 'unsupported-environment'],
    ['FeatureSupportError', 'unsupported-environment'],
    ['WebGPUNotAvailableError', 'unsupported-environment'],
    ['WebGPUNotFoundError', 'unsupported-environment'],
    ['GPUPipelineError', 'unsupported-environment'],
    ['ModelNotLoadedError', 'load-failed'],
    ['SpecifiedModelNotFoundError', 'load-failed'],
    ['MissingModelError', 'load-failed'],
    ['MissingModelWasmError', 'load-failed'],
    ['IntegrityError', 'load-failed'],
    ['LinkError', 'load-failed'],
    ['UnsupportedModelIdError', 'bad-request'],
    ['GrammarMatcherInitError', 'bad-request'],
    ['MessageOrderError', 'bad-request'],
    ['SystemMessageOrderError', 'bad-request'],
    ['EmbeddingUnsupportedModelError', 'bad-request'],
    ['SeedTypeError', 'bad-request'],
  ])('%s is %s, as an error and as the text of one', (name, code) => {
    for (const thrown of [named(name), `${name}: said so`, new Error(`${name}: said so`)]) {
      expect(explainAnswerFailure(thrown)).toMatchObject({ code, detail: { said: 'said so' } });
    }
  });

  it('blames the files for a wrong checksum, and not for a wrong version', () => {
    expect(explainLoadFailure(named('IntegrityError')).detail.isFileDamaged).toBe(true);
    expect(explainLoadFailure(named('LinkError')).detail).not.toHaveProperty('isFileDamaged');
    expect(explainLoadFailure(named('ShaderF16SupportError')).detail).not.toHaveProperty('isFileDamaged');
  });
});

it('names the version of a library that would fit', () => {
  const { message, detail } = explainLoadFailure(
    named('LinkError', 'WebAssembly.instantiate(): Import #0 "env": function import requires a callable'),
  );
  expect(message).toMatch(/another version of WebLLM/);
  expect(detail.hint).toContain(modelVersion);
});

it('does not blame the files where the graphics card cannot compile the model', () => {
  expect(explainLoadFailure(named('GPUPipelineError')).detail).not.toHaveProperty('isFileDamaged');
});

describe('by the words', () => {
  it.each([
    [new RangeError('Array buffer allocation failed'), 'out-of-memory'],
    [new Error('A valid external Instance reference no longer exists: device is lost'), 'out-of-memory'],
    [new Error('Unable to find a compatible GPU. This issue …'), 'unsupported-environment'],
    [
      new Error('Cannot initialize runtime because of requested maxBufferSize exceeds limit.'),
      'unsupported-environment',
    ],
    [named('RangeError', 'Make sure 0 < top_p <= 1.'), 'bad-request'],
    [new Error('Cannot find function apply_penalty_inplace'), 'load-failed'],
  ])('%s', (thrown, code) => {
    expect(explainAnswerFailure(thrown).code).toBe(code);
  });
});

it('puts a failed load of an unknown kind down to the files, and a failed answer to the model', () => {
  expect(explainLoadFailure(new TypeError('x is undefined'))).toMatchObject({
    code: 'load-failed',
    detail: { isFileDamaged: true, said: 'x is undefined' },
  });
  expect(explainAnswerFailure(new TypeError('x is undefined')).message).toMatch(/stopped working/);
  expect(explainAnswerFailure(undefined).code).toBe('load-failed');
});

it('passes our own errors on', () => {
  const error = new BackendError('bad-request', 'No images.');
  expect(explainLoadFailure(error)).toBe(error);
});
