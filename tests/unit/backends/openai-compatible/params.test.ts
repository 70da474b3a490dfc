import { describe, expect, it } from 'vitest';
import { serverPresets } from '../../../../src/backends/presets';
import { paramsOf } from '../../../../src/backends/shared/param-versions';
import { mapParams } from '../../../../src/core/map-params';
import type { Params } from '../../../../src/core/params';

const schema = { type: 'object', properties: { a: { type: 'string' } } };
const params: Params = {
  topK: 5,
  repeatPenalty: 1.2,
  format: schema,
  thinking: 'high',
  contextLength: 4096,
  keepAlive: '5m',
  maxTokens: 0,
};

function mapped(
  kind: 'vllm' | 'instructlab' | 'llamacpp' | 'openai',
  given: Params = params,
  version?: string,
) {
  const { body, effects } = mapParams(given, paramsOf(serverPresets[kind].params, version));
  return {
    body,
    unsupported: effects.filter(({ outcome }) => outcome === 'ignored').map(({ param }) => param),
  };
}

describe('what each server makes of the settings', () => {
  it('vLLM', () => {
    expect(mapped('vllm')).toEqual({
      body: {
        top_k: 5,
        repetition_penalty: 1.2,
        response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema } },
        chat_template_kwargs: { enable_thinking: true, thinking: true, reasoning_effort: 'high' },
        max_tokens: 1,
      },
      unsupported: ['contextLength', 'keepAlive'],
    });
  });

  it('vLLM before and after version 0.12', () => {
    const grammar = 'root ::= "yes"';
    expect(mapped('vllm', { grammar }, '0.32.0+cpu').body).toEqual({ structured_outputs: { grammar } });
    expect(mapped('vllm', { grammar }, '0.12.0').body).toEqual({ structured_outputs: { grammar } });
    expect(mapped('vllm', { grammar }, '0.11.2').body).toEqual({ guided_grammar: grammar });
    expect(mapped('vllm', { grammar }, '0.8.5.post1').body).toEqual({ guided_grammar: grammar });
  });

  it('InstructLab', () => {
    expect(mapped('instructlab')).toEqual({
      body: {
        top_k: 5,
        repeat_penalty: 1.2,
        response_format: { type: 'json_object', schema },
        max_tokens: 1,
      },
      unsupported: ['contextLength', 'thinking', 'keepAlive'],
    });
  });

  it('llama.cpp', () => {
    expect(mapped('llamacpp').body).toMatchObject({ top_k: 5, repeat_penalty: 1.2 });
    expect(mapped('llamacpp', { thinking: false }).body).toEqual({
      chat_template_kwargs: { enable_thinking: false, thinking: false },
    });
  });

  it('any other', () => {
    expect(mapped('openai').unsupported).toEqual(['topK', 'repeatPenalty', 'contextLength', 'keepAlive']);
    expect(mapped('openai', { thinking: false, format: 'json' }).body).toEqual({
      reasoning_effort: 'none',
      response_format: { type: 'json_object' },
    });
  });
});
