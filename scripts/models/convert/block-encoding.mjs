/** Matrices in blocks of 32 integers with a scale each (the operator MatMulNBits): what graphics cards do fastest. */
import { quantizeBlocks } from './quantize-blocks.mjs';

/** Values in a block; every Llama's matrices are a multiple of it wide. */
const blockSize = 32;
/** `TensorProto.DataType`. */
const toFloat = { to: 1 };

/**
 * Matrices have 4 bits. The embeddings, which are looked up as well, have 8: in a small model they are a fifth
 * of all weights, and as the output layer they decide every token.
 * @param {import('./onnx-graph.mjs').OnnxGraph} graph
 * @returns {import('./llama-graph.mjs').Encoding}
 */
export function blockEncoding(graph) {
  /** @param {string} name @param {import('./llama-graph.mjs').Shape} shape @param {import('./llama-graph.mjs').Load} load @param {4 | 8} bits */
  const store = (name, [rows, columns], load, bits) => {
    const blocks = columns / blockSize;
    const bytes = (blockSize * bits) / 8;
    graph.constants.push({
      values: [
        { name, type: 'uint8', shape: [rows, blocks, bytes] },
        { name: `${name}.scales`, type: 'float', shape: [rows, blocks] },
      ],
      load: async () => {
        const { integers, scales } = quantizeBlocks(await load(), blockSize, bits);
        return [integers, scales];
      },
    });
    /** @param {string} input @param {string} output */
    const multiply = (input, output) =>
      graph.add('MatMulNBits', [input, name, `${name}.scales`], output, {
        K: columns,
        N: rows,
        bits,
        block_size: blockSize,
        accuracy_level: 4,
      });
    return { multiply };
  };
  return {
    matrix: (name, shape, load) => store(name, shape, load, 4),
    table(name, shape, load) {
      graph.constant('block_zero', 'float', [], new Float32Array([128]));
      graph.constant('block_column', 'int64', [1], new BigInt64Array([-1n]));
      graph.constant('embedding_sizes', 'int64', [3], new BigInt64Array([0n, 0n, BigInt(shape[1])]));
      return {
        ...store(name, shape, load, 8),
        lookUp(ids, output) {
          const integers = graph.add('Gather', [name, ids], `${output}.uint8`);
          const floats = graph.add('Cast', [integers], `${output}.floats`, toFloat);
          const centred = graph.add('Sub', [floats, 'block_zero'], `${output}.centred`);
          const flat = graph.add('Gather', [`${name}.scales`, ids], `${output}.flat_scales`);
          const scales = graph.add('Unsqueeze', [flat, 'block_column'], `${output}.scales`);
          const blocks = graph.add('Mul', [centred, scales], `${output}.blocks`);
          return graph.add('Reshape', [blocks, 'embedding_sizes'], output);
        },
      };
    },
  };
}
