/** The files beside the graph, as a hub repository for Transformers.js has them. */
import { tokenizerJson } from './tokenizer-json.mjs';
import { isStrings, readVocabulary } from './vocabulary.mjs';

/**
 * @param {Readonly<Record<string, unknown>>} metadata of the GGUF
 * @param {import('./llama-shape.mjs').LlamaShape} shape
 * @returns {Readonly<Record<string, object>>} contents by file name
 * @throws {import('../../shared/problem.mjs').Problem} where the tokenizer cannot be carried over
 */
export function textFiles(metadata, shape) {
  const vocabulary = readVocabulary(metadata);
  const token = (/** @type {number | undefined} */ id) =>
    id === undefined ? undefined : vocabulary.tokens[id];
  const ids = {
    bos_token_id: vocabulary.bos,
    eos_token_id: vocabulary.endings.length > 1 ? vocabulary.endings : vocabulary.endings[0],
    pad_token_id: vocabulary.padding ?? vocabulary.eos,
  };
  return {
    'config.json': {
      architectures: ['LlamaForCausalLM'],
      model_type: 'llama',
      hidden_size: shape.width,
      intermediate_size: shape.feedForward,
      num_hidden_layers: shape.layers,
      num_attention_heads: shape.heads,
      num_key_value_heads: shape.keyValueHeads,
      head_dim: shape.headSize,
      vocab_size: shape.vocabulary,
      max_position_embeddings: shape.contextLength,
      rope_theta: shape.ropeBase,
      rms_norm_eps: shape.epsilon,
      hidden_act: 'silu',
      tie_word_embeddings: shape.isTied,
      attention_bias: false,
      mlp_bias: false,
      ...ids,
    },
    'generation_config.json': ids,
    'tokenizer.json': tokenizerJson(metadata, vocabulary),
    'tokenizer_config.json': {
      tokenizer_class: 'PreTrainedTokenizerFast',
      bos_token: token(vocabulary.bos),
      eos_token: token(vocabulary.eos),
      unk_token: token(vocabulary.unknown),
      pad_token: token(ids.pad_token_id),
      model_max_length: shape.contextLength,
      clean_up_tokenization_spaces: false,
      chat_template: chatTemplate(metadata),
    },
  };
}

/** One template, or several by name; undefined where the model has none. @param {Readonly<Record<string, unknown>>} metadata */
function chatTemplate(metadata) {
  const usual = metadata['tokenizer.chat_template'];
  const names = metadata['tokenizer.chat_templates'];
  if (typeof usual !== 'string' || !isStrings(names)) return usual;
  return [
    { name: 'default', template: usual },
    ...names.map((name) => ({ name, template: metadata[`tokenizer.chat_template.${name}`] })),
  ];
}
