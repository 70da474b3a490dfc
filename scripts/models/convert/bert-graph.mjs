/** The computation of a BERT as an ONNX graph, with the inputs and outputs that Transformers.js expects of one. */
import { checkTensorSize } from './check-tensor-size.mjs';
import { OnnxGraph } from './onnx-graph.mjs';

const parts = ['query', 'key', 'value'];

/**
 * @typedef {object} BertShape
 * @property {number} layers
 * @property {number} width
 * @property {number} feedForward
 * @property {number} heads
 * @property {number} vocabulary
 * @property {number} positions
 * @property {number} epsilon
 */

/**
 * Token types are left out: a text by itself has only the first, whose vector is added to that of each position.
 * Biases go where the runtime adds them on the way.
 * @param {Pick<import('./safetensors-file.mjs').SafetensorsFile, 'read' | 'tensors'>} file
 * @param {BertShape} shape
 * @param {(graph: OnnxGraph) => import('./llama-graph.mjs').Encoding} createEncoding
 * @returns {OnnxGraph} its constants are read from the file when they are written
 * @throws {import('../../shared/problem.mjs').Problem} where a tensor is missing or has another size than the shape says
 */
export function bertGraph(file, shape, createEncoding) {
  const { layers, width, feedForward, heads, vocabulary, positions, epsilon } = shape;
  const graph = new OnnxGraph('bert');
  const encoding = createEncoding(graph);
  const normalizing = { epsilon: { float: epsilon } };

  /** @param {string} name @param {...number} size */
  const loaderOf = (name, ...size) => {
    checkTensorSize(file, name, size);
    return () => file.read(name);
  };
  /**
   * @param {string} name
   * @param {import('./llama-graph.mjs').Shape} size
   * @param {import('./llama-graph.mjs').Precision} [precision]
   */
  const matrix = (name, size, precision = 'coarse') =>
    encoding.matrix(`${name}.weight`, size, loaderOf(`${name}.weight`, ...size), precision);
  /** Vectors one after the other. @param {string} called @param {number} size of each @param {...string} names */
  const vector = (called, size, ...names) => {
    const loaders = names.map((name) => loaderOf(name, size));
    graph.constants.push({
      values: [{ name: called, type: 'float', shape: [size * names.length] }],
      load: async () => [joined(await Promise.all(loaders.map((load) => load())))],
    });
    return called;
  };
  /** @param {string} name */
  const normalization = (name) => [
    vector(`${name}.weight`, width, `${name}.weight`),
    vector(`${name}.bias`, width, `${name}.bias`),
  ];

  const embeddings = 'embeddings.word_embeddings.weight';
  const table = encoding.table(embeddings, [vocabulary, width], loaderOf(embeddings, vocabulary, width));
  let hidden = graph.add(
    'SkipLayerNormalization',
    [
      table.lookUp('input_ids', 'embedded'),
      addPositions(graph, shape, {
        positions: loaderOf('embeddings.position_embeddings.weight', positions, width),
        types: loaderOf('embeddings.token_type_embeddings.weight', 2, width),
      }),
      ...normalization('embeddings.LayerNorm'),
    ],
    'embeddings',
    normalizing,
  );
  graph.add('Cast', ['attention_mask'], 'mask', { to: 6 });
  for (let layer = 0; layer < layers; layer += 1) {
    const weight = (/** @type {string} */ name) => `encoder.layer.${layer}.${name}`;
    const value = (/** @type {string} */ name) => `layer.${layer}.${name}`;
    // What is lost here is lost most: rounding that the other matrices forgive moves the attention.
    const seen = parts.map((name) =>
      matrix(weight(`attention.self.${name}`), [width, width], 'fine').multiply(hidden, value(name)),
    );
    const biases = parts.map((name) => weight(`attention.self.${name}.bias`));
    const attended = graph.add(
      'MultiHeadAttention',
      [...seen, vector(value('attention_bias'), width, ...biases), 'mask'],
      value('attended'),
      { num_heads: heads },
    );
    const projected = matrix(weight('attention.output.dense'), [width, width]).multiply(
      attended,
      value('projected'),
    );
    const between = graph.add(
      'SkipLayerNormalization',
      [
        projected,
        hidden,
        ...normalization(weight('attention.output.LayerNorm')),
        vector(value('projection_bias'), width, weight('attention.output.dense.bias')),
      ],
      value('after_attention'),
      normalizing,
    );
    const up = matrix(weight('intermediate.dense'), [feedForward, width]).multiply(between, value('up'));
    const active = graph.add(
      'BiasGelu',
      [up, vector(value('up_bias'), feedForward, weight('intermediate.dense.bias'))],
      value('active'),
    );
    const down = matrix(weight('output.dense'), [width, feedForward]).multiply(active, value('down'));
    hidden = graph.add(
      'SkipLayerNormalization',
      [
        down,
        between,
        ...normalization(weight('output.LayerNorm')),
        vector(value('down_bias'), width, weight('output.dense.bias')),
      ],
      layer === layers - 1 ? 'last_hidden_state' : value('output'),
      normalizing,
    );
  }
  const row = ['batch_size', 'sequence_length'];
  graph.inputs.push(
    { name: 'input_ids', type: 'int64', shape: row },
    { name: 'attention_mask', type: 'int64', shape: row },
  );
  graph.outputs.push({ name: 'last_hidden_state', type: 'float', shape: [...row, width] });
  return graph;
}

/**
 * The vectors of the first positions, one for each token of the longest text.
 * @param {OnnxGraph} graph
 * @param {BertShape} shape
 * @param {Record<'positions' | 'types', () => Promise<Float32Array>>} load
 */
function addPositions(graph, { positions, width }, load) {
  graph.constants.push({
    values: [{ name: 'positions', type: 'float', shape: [1, positions, width] }],
    load: async () => {
      const [vectors, types] = await Promise.all([load.positions(), load.types()]);
      return [vectors.map((number, index) => number + (types[index % width] ?? 0))];
    },
  });
  graph.constant('begin', 'int64', [1], new BigInt64Array([0n]));
  graph.constant('row_axis', 'int64', [1], new BigInt64Array([1n]));
  const sizes = graph.add('Shape', ['input_ids'], 'sizes');
  const length = graph.add('Gather', [sizes, 'row_axis'], 'length');
  return graph.add('Slice', ['positions', 'begin', length, 'row_axis'], 'used_positions');
}

/** @param {readonly Float32Array[]} parts */
function joined(parts) {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
