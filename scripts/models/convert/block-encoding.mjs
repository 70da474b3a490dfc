/** Matrices in blocks of 32 small integers (the operator MatMulNBits): what graphics cards do fastest. */
import { quantizeNibbles } from './quantize-nibbles.mjs';
import { quantizeRows } from './quantize-rows.mjs';
import { transpose } from './transpose.mjs';

/** Values in a block; every Llama's matrices are a multiple of it wide. */
const blockSize = 32;
/** What MatMulNBits takes away from each integer of 8 bits. */
const byteMiddle = 128;
/** `TensorProto.DataType`. */
const toFloat = { to: 1 };

/**
 * Matrices have 4 bits. Of a block's two numbers the operator knows the scale only, so the offsets are a second,
 * small matrix, which the sums of the blocks are multiplied with. Without them a model that came with offsets
 * (Q4_1, Q4_K) loses much; figures: docs/decisions/2026-11-24-eight-bits-in-two-steps.md.
 * The embeddings, which are looked up as well, have 8 bits: as the output layer they decide every token.
 * @param {import('./onnx-graph.mjs').OnnxGraph} graph
 * @returns {import('./llama-graph.mjs').Encoding}
 */
export function blockEncoding(graph) {
  graph.constant('last_axis', 'int64', [1], new BigInt64Array([-1n]));
  graph.constant('block_sizes', 'int64', [4], new BigInt64Array([0n, 0n, -1n, BigInt(blockSize)]));
  graph.constant('byte_middle', 'float', [], new Float32Array([byteMiddle]));
  /** @type {Map<string, string>} */
  const summed = new Map();

  /** @param {string} vectors */
  const blockSums = (vectors) => {
    const known = summed.get(vectors);
    if (known) return known;
    const blocks = graph.add('Reshape', [vectors, 'block_sizes'], `${vectors}.blocks`);
    const sums = graph.add('ReduceSum', [blocks, 'last_axis'], `${vectors}.sums`, { keepdims: 0 });
    summed.set(vectors, sums);
    return sums;
  };

  /** @param {string} vectors @param {string} name @param {import('./llama-graph.mjs').Shape} shape @param {4 | 8} bits @param {string} output */
  const multiply = (vectors, name, [rows, columns], bits, output) =>
    graph.add('MatMulNBits', [vectors, name, `${name}.scales`], output, {
      K: columns,
      N: rows,
      bits,
      block_size: blockSize,
      accuracy_level: 4,
    });

  return {
    matrix(name, shape, load) {
      const [rows, columns] = shape;
      const [blocks, scales, offsets] = [columns / blockSize, `${name}.scales`, `${name}.offsets`];
      graph.constants.push({
        values: [
          { name, type: 'uint8', shape: [rows, blocks, blockSize / 2] },
          { name: scales, type: 'float', shape: [rows, blocks] },
          { name: offsets, type: 'float', shape: [blocks, rows] },
        ],
        load: async () => {
          const packed = quantizeNibbles(await load());
          return [
            packed.integers,
            packed.scales,
            transpose(packed.offsets, rows, new Float32Array(blocks * rows)),
          ];
        },
      });
      return {
        multiply(vectors, output) {
          const scaled = multiply(vectors, name, shape, 4, `${output}.scaled`);
          const shift = graph.add('MatMul', [blockSums(vectors), offsets], `${output}.shift`);
          return graph.add('Add', [scaled, shift], output);
        },
      };
    },
    table(name, shape, load) {
      const [rows, columns] = shape;
      const [blocks, scales] = [columns / blockSize, `${name}.scales`];
      graph.constant('vector_sizes', 'int64', [3], new BigInt64Array([0n, 0n, BigInt(columns)]));
      graph.constants.push({
        values: [
          { name, type: 'uint8', shape: [rows, blocks, blockSize] },
          { name: scales, type: 'float', shape: [rows, blocks] },
        ],
        load: async () => {
          const packed = quantizeRows(await load(), rows * blocks);
          return [Uint8Array.from(packed.integers, (integer) => integer + byteMiddle), packed.scales];
        },
      });
      return {
        multiply: (vectors, output) => multiply(vectors, name, shape, 8, output),
        lookUp(ids, output) {
          const integers = graph.add('Gather', [name, ids], `${output}.integers`);
          const floats = graph.add('Cast', [integers], `${output}.floats`, toFloat);
          const centred = graph.add('Sub', [floats, 'byte_middle'], `${output}.centred`);
          const flat = graph.add('Gather', [scales, ids], `${output}.flat_scales`);
          const each = graph.add('Unsqueeze', [flat, 'last_axis'], `${output}.scales`);
          const found = graph.add('Mul', [centred, each], `${output}.blocks`);
          return graph.add('Reshape', [found, 'vector_sizes'], output);
        },
      };
    },
  };
}
