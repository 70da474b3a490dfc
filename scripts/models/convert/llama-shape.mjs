/** What a GGUF says of the shape of a Llama, checked: everything that the graph and `config.json` are made from. */
import { Problem } from '../../shared/problem.mjs';

/**
 * @typedef {object} LlamaShape
 * @property {number} layers
 * @property {number} width of the hidden state
 * @property {number} feedForward width
 * @property {number} heads
 * @property {number} keyValueHeads
 * @property {number} headSize
 * @property {number} vocabulary tokens
 * @property {number} contextLength tokens
 * @property {number} epsilon of the normalizations
 * @property {number} ropeBase
 * @property {boolean} isTied the output layer is the embedding table
 */

/** Layers' tensors, after `blk.N.`. */
const layerTensors = /** @type {const} */ ([
  'attn_norm.weight',
  'attn_q.weight',
  'attn_k.weight',
  'attn_v.weight',
  'attn_output.weight',
  'ffn_norm.weight',
  'ffn_gate.weight',
  'ffn_up.weight',
  'ffn_down.weight',
]);

const otherTensors = ['token_embd.weight', 'output_norm.weight', 'output.weight', 'rope_freqs.weight'];

/**
 * @param {Pick<import('./gguf-file.mjs').GgufFile, 'metadata' | 'tensors'>} file
 * @returns {LlamaShape}
 * @throws {Problem} where it is no Llama, or one with parts that the graph would leave out
 */
export function llamaShape({ metadata, tensors }) {
  const architecture = metadata['general.architecture'];
  if (architecture !== 'llama') {
    throw new Problem(`The architecture is ${String(architecture)}; only llama can be converted.`);
  }
  if (Number(metadata['split.count'] ?? 1) > 1) {
    throw new Problem('This is one part of a split file. Join the parts first: llama-gguf-split --merge.');
  }
  /** @param {string} key @param {number} [usual] @returns {number} */
  const read = (key, usual) => {
    const value = metadata[`llama.${key}`] ?? usual;
    if (typeof value === 'number' && value > 0) return value;
    throw new Problem(`The file does not say its llama.${key} as a number, so it cannot be converted.`);
  };
  const width = read('embedding_length');
  const heads = read('attention.head_count');
  const headSize = read('attention.key_length', width / heads);
  const shape = {
    layers: read('block_count'),
    width,
    feedForward: read('feed_forward_length'),
    heads,
    keyValueHeads: read('attention.head_count_kv', heads),
    headSize,
    vocabulary: tensors.get('token_embd.weight')?.shape[0] ?? read('vocab_size'),
    contextLength: read('context_length'),
    epsilon: read('attention.layer_norm_rms_epsilon'),
    ropeBase: read('rope.freq_base', 10_000),
    isTied: !tensors.has('output.weight'),
  };
  refuse(read('attention.value_length', headSize) !== headSize, 'keys and values of different sizes');
  refuse(read('rope.dimension_count', headSize) !== headSize, 'a rotation of a part of each head');
  refuse(Number(metadata['llama.expert_count'] ?? 0) > 0, 'a mixture of experts');
  const scaling = metadata['llama.rope.scaling.type'];
  refuse(scaling !== undefined && scaling !== 'none', `rotation scaling of type ${String(scaling)}`);
  checkTensors(shape.layers, [...tensors.keys()]);
  return shape;
}

/** @param {number} layers @param {readonly string[]} names */
function checkTensors(layers, names) {
  const known = new Set(otherTensors);
  for (let layer = 0; layer < layers; layer += 1) {
    for (const name of layerTensors) known.add(`blk.${layer}.${name}`);
  }
  const unknown = names.filter((name) => !known.has(name));
  refuse(unknown.length > 0, `tensors that no plain Llama has (${unknown.slice(0, 3).join(', ')})`);
}

/** @param {boolean} isSo @param {string} what */
function refuse(isSo, what) {
  if (isSo)
    throw new Problem(`The model has ${what}, which this converter does not know. Use the GGUF itself.`);
}
