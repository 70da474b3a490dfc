/** Sizes out of configuration files of several architectures, and nothing out of what is none. */
import { expect, it } from 'vitest';
import { configFacts } from '../../../src/core/config-facts';

const llama = {
  max_position_embeddings: 8192,
  num_hidden_layers: 30,
  num_attention_heads: 9,
  num_key_value_heads: 3,
  hidden_size: 576,
};
const shape = { layers: 30, keyValueHeads: 3, headSize: 64 };

it.each<[string, unknown, object]>([
  ['of the Llama kind', llama, { contextLength: 8192, shape }],
  [
    'with heads of another size',
    { ...llama, head_dim: 128 },
    { contextLength: 8192, shape: { ...shape, headSize: 128 } },
  ],
  ['with a part for the language', { text_config: llama }, { contextLength: 8192, shape }],
  [
    'of GPT-2',
    { n_positions: 1024, n_layer: 12, n_head: 12, n_embd: 768 },
    { contextLength: 1024, shape: { layers: 12, keyValueHeads: 12, headSize: 64 } },
  ],
  [
    'of WebLLM',
    {
      quantization: 'q4f16_1',
      context_window_size: 4096,
      model_config: { ...llama, context_window_size: 8192 },
    },
    { contextLength: 4096, shape, quantization: 'q4f16_1' },
  ],
  [
    'of WebLLM without a limit',
    { context_window_size: -1, model_config: llama },
    { contextLength: 8192, shape },
  ],
  ['of an embedding model that says nothing', { model_type: 'bert' }, {}],
  ['with sizes that are none', { max_position_embeddings: '8k', num_hidden_layers: null }, {}],
  ['that is a list', [1], {}],
  ['that is missing', undefined, {}],
])('a configuration %s', (_name, config, facts) => {
  expect(configFacts(config)).toEqual(facts);
});
