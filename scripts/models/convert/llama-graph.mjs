/** The computation of a Llama as an ONNX graph, with the inputs and outputs that Transformers.js expects of one. */
import { checkTensorSize } from './check-tensor-size.mjs';
import { OnnxGraph } from './onnx-graph.mjs';
import { halvesFromNeighbours, ropeTables } from './rope.mjs';

const embeddingsName = 'token_embd.weight';

/**
 * How matrices are stored and multiplied; one per graph, since it may share work between multiplications.
 * @typedef {object} Encoding
 * @property {(name: string, shape: Shape, load: Load, precision?: Precision) => Matrix} matrix
 * @property {(name: string, shape: Shape, load: Load) => Matrix & { lookUp: (ids: string, output: string) => string }} table
 *   the embeddings, which can be looked up by row, and multiplied with where the output layer is the same
 *
 * How exactly the vectors that are multiplied are taken, where an encoding rounds them: `coarse` takes half the time.
 * @typedef {'fine' | 'coarse'} Precision
 *
 * @typedef {readonly [rows: number, columns: number]} Shape
 * @typedef {() => Promise<Float32Array>} Load row by row
 *
 * @typedef {object} Matrix
 * @property {(input: string, output: string) => string} multiply of the vectors in `input` with every row
 */

/**
 * @param {Pick<import('./gguf-file.mjs').GgufFile, 'read' | 'tensors'>} file
 * @param {import('./llama-shape.mjs').LlamaShape} shape
 * @param {(graph: OnnxGraph) => Encoding} createEncoding
 * @returns {Promise<OnnxGraph>} its constants are read from the file when they are written
 * @throws {Problem} where a tensor is missing or has another size than the shape says
 */
export async function llamaGraph(file, shape, createEncoding) {
  const { layers, width, feedForward, heads, keyValueHeads, headSize, vocabulary } = shape;
  const graph = new OnnxGraph();
  const encoding = createEncoding(graph);
  const [queries, keys] = [heads * headSize, keyValueHeads * headSize];

  const factors = file.tensors.has('rope_freqs.weight') ? await file.read('rope_freqs.weight') : undefined;
  const { cosines, sines } = ropeTables(shape, factors);
  graph.constant('cosines', 'float', [shape.contextLength, headSize / 2], cosines);
  graph.constant('sines', 'float', [shape.contextLength, headSize / 2], sines);
  const { lastPosition, length } = addLengths(graph);

  /** @param {string} name @param {...number} size */
  const loaderOf = (name, ...size) => {
    checkTensorSize(file, name, size);
    return () => file.read(name);
  };
  /** @param {string} name @param {Shape} size */
  const matrix = (name, size) => encoding.matrix(name, size, loaderOf(name, ...size));
  /** @param {string} name @param {number} count of heads */
  const rotated = (name, count) => {
    const load = loaderOf(name, count * headSize, width);
    return encoding.matrix(name, [count * headSize, width], async () =>
      halvesFromNeighbours(await load(), count, headSize),
    );
  };
  /** @param {string} name @param {string} input @param {string} output */
  const normalize = (name, input, output) => {
    const load = loaderOf(name, width);
    graph.constants.push({
      values: [{ name, type: 'float', shape: [width] }],
      load: async () => [await load()],
    });
    const attributes = { epsilon: { float: shape.epsilon } };
    return graph.add('SimplifiedLayerNormalization', [input, name], output, attributes);
  };

  const embeddingSize = /** @type {const} */ ([vocabulary, width]);
  const embeddings = encoding.table(
    embeddingsName,
    embeddingSize,
    loaderOf(embeddingsName, ...embeddingSize),
  );
  let hidden = embeddings.lookUp('input_ids', 'embedded');
  for (let layer = 0; layer < layers; layer += 1) {
    const weight = (/** @type {string} */ name) => `blk.${layer}.${name}.weight`;
    const value = (/** @type {string} */ name) => `layer.${layer}.${name}`;
    const normalized = normalize(weight('attn_norm'), hidden, value('attention_input'));
    const attended = graph.add(
      'GroupQueryAttention',
      [
        rotated(weight('attn_q'), heads).multiply(normalized, value('query')),
        rotated(weight('attn_k'), keyValueHeads).multiply(normalized, value('key')),
        matrix(weight('attn_v'), [keys, width]).multiply(normalized, value('value')),
        `past_key_values.${layer}.key`,
        `past_key_values.${layer}.value`,
        lastPosition,
        length,
        'cosines',
        'sines',
      ],
      [value('attended'), `present.${layer}.key`, `present.${layer}.value`],
      { num_heads: heads, kv_num_heads: keyValueHeads, do_rotary: 1, scale: { float: headSize ** -0.5 } },
    );
    const projected = matrix(weight('attn_output'), [width, queries]).multiply(attended, value('projected'));
    hidden = graph.add('Add', [hidden, projected], value('after_attention'));

    const forward = normalize(weight('ffn_norm'), hidden, value('forward_input'));
    const gate = matrix(weight('ffn_gate'), [feedForward, width]).multiply(forward, value('gate'));
    const up = matrix(weight('ffn_up'), [feedForward, width]).multiply(forward, value('up'));
    const sigmoid = graph.add('Sigmoid', [gate], value('sigmoid'));
    const gated = graph.add('Mul', [graph.add('Mul', [gate, sigmoid], value('silu')), up], value('gated'));
    const down = matrix(weight('ffn_down'), [width, feedForward]).multiply(gated, value('down'));
    hidden = graph.add('Add', [hidden, down], value('output'));
  }

  const wanted = keepLastPositions(graph, hidden);
  const final = normalize('output_norm.weight', wanted, 'final');
  const head = shape.isTied ? embeddings : matrix('output.weight', [vocabulary, width]);
  head.multiply(final, 'logits');
  declareInterface(graph, shape);
  return graph;
}

/** What the attention wants to know of the mask: the last position of each row, and the common length. @param {OnnxGraph} graph */
function addLengths(graph) {
  graph.constant('axis_1', 'int64', [1], new BigInt64Array([1n]));
  graph.constant('index_1', 'int64', [], new BigInt64Array([1n]));
  const lengths = graph.add('ReduceSum', ['attention_mask', 'axis_1'], 'lengths', { keepdims: 0 });
  const last = graph.add('Sub', [lengths, 'axis_1'], 'last_position_64');
  const sizes = graph.add('Shape', ['attention_mask'], 'mask_sizes');
  const length = graph.add('Gather', [sizes, 'index_1'], 'length_64');
  const toInt32 = { to: 6 };
  return {
    lastPosition: graph.add('Cast', [last], 'last_position', toInt32),
    length: graph.add('Cast', [length], 'length', toInt32),
  };
}

/**
 * Only the positions whose scores are asked for reach the output layer, which is a fifth of a small model;
 * 0 means all of them.
 * @param {OnnxGraph} graph @param {string} hidden
 */
function keepLastPositions(graph, hidden) {
  graph.constant('end', 'int64', [1], new BigInt64Array([2n ** 62n]));
  const count = graph.add('Reshape', ['num_logits_to_keep', 'axis_1'], 'wanted_count');
  const start = graph.add('Neg', [count], 'wanted_start');
  return graph.add('Slice', [hidden, start, 'end', 'axis_1'], 'wanted');
}

/** @param {OnnxGraph} graph @param {import('./llama-shape.mjs').LlamaShape} shape */
function declareInterface(graph, { layers, keyValueHeads, headSize, vocabulary }) {
  graph.inputs.push(
    { name: 'input_ids', type: 'int64', shape: ['batch_size', 'sequence_length'] },
    { name: 'attention_mask', type: 'int64', shape: ['batch_size', 'total_sequence_length'] },
    { name: 'num_logits_to_keep', type: 'int64', shape: [] },
  );
  graph.outputs.push({ name: 'logits', type: 'float', shape: ['batch_size', 'kept_length', vocabulary] });
  for (let layer = 0; layer < layers; layer += 1) {
    for (const part of ['key', 'value']) {
      /** @param {string} length @returns {(number | string)[]} */
      const sizes = (length) => ['batch_size', keyValueHeads, length, headSize];
      graph.inputs.push({
        name: `past_key_values.${layer}.${part}`,
        type: 'float',
        shape: sizes('past_sequence_length'),
      });
      graph.outputs.push({
        name: `present.${layer}.${part}`,
        type: 'float',
        shape: sizes('total_sequence_length'),
      });
    }
  }
}
