/** Matrices with 8-bit integers, multiplied as integers: what processors do fastest. */
import { quantizeRows } from './quantize-rows.mjs';
import { transpose } from './transpose.mjs';

/** `TensorProto.DataType`. */
const [toFloat, toUint8] = [{ to: 1 }, { to: 2 }];

/**
 * Each row of a matrix has its own scale, and so has each vector that is multiplied with it. A vector is split into
 * two: its values in 255 steps, and what is left of them in steps 254 times as fine. Both go through the matrix
 * in one multiplication, which costs little more than one and loses almost nothing, whereas Llamas have single
 * values a thousand times as large as the rest, which leave nothing of the others in 255 steps. Figures:
 * docs/decisions/2026-11-24-eight-bits-in-two-steps.md.
 * @param {import('./onnx-graph.mjs').OnnxGraph} graph
 * @returns {import('./llama-graph.mjs').Encoding}
 */
export function int8Encoding(graph) {
  const scalar = (/** @type {string} */ name, /** @type {number} */ value) =>
    graph.constant(name, 'float', [], new Float32Array([value]));
  graph.constant('last_axis', 'int64', [1], new BigInt64Array([-1n]));
  graph.constant('pair_axis', 'int64', [1], new BigInt64Array([1n]));
  const least = scalar('least_scale', 1e-12);
  const most = scalar('most_steps', 127);
  const finer = scalar('finer', 254);
  const pairSteps = graph.constant('pair_steps', 'float', [1, 2, 1, 1], new Float32Array([1, 1 / 254]));
  // Unsigned integers around a middle: the runtime has fast code for them, and slow code for signed ones.
  const middle = scalar('middle', 128);
  graph.constant('middle_integer', 'uint8', [], new Uint8Array([128]));
  /** @type {Map<string, { integers: string, scales: string }>} */
  const quantized = new Map();

  /** @param {string} vectors queries, keys and values are made from the same ones */
  const quantize = (vectors) => {
    const known = quantized.get(vectors);
    if (known) return known;
    const input = graph.add('Unsqueeze', [vectors, 'pair_axis'], `${vectors}.one`);
    const sizes = graph.add('Abs', [input], `${vectors}.sizes`);
    const largest = graph.add('ReduceMax', [sizes, 'last_axis'], `${vectors}.largest`);
    const share = graph.add('Div', [largest, most], `${vectors}.share`);
    const scale = graph.add('Max', [share, least], `${vectors}.scale`);
    const steps = graph.add('Div', [input, scale], `${vectors}.steps`);
    const coarse = graph.add('Round', [steps], `${vectors}.coarse`);
    const left = graph.add('Sub', [steps, coarse], `${vectors}.left`);
    const fine = graph.add('Round', [graph.add('Mul', [left, finer], `${vectors}.finer`)], `${vectors}.fine`);
    const pair = graph.add('Concat', [coarse, fine], `${vectors}.pair`, { axis: 1 });
    const shifted = graph.add('Add', [pair, middle], `${vectors}.shifted`);
    const fresh = {
      integers: graph.add('Cast', [shifted], `${vectors}.integers`, toUint8),
      scales: graph.add('Mul', [scale, pairSteps], `${vectors}.scales`),
    };
    quantized.set(vectors, fresh);
    return fresh;
  };

  /** @param {string} vectors @param {string} weights columns × rows @param {string} rowScales @param {string} output */
  const multiply = (vectors, weights, rowScales, output) => {
    const { integers, scales } = quantize(vectors);
    const sums = graph.add('MatMulInteger', [integers, weights, 'middle_integer'], `${output}.sums`);
    const floats = graph.add('Cast', [sums], `${output}.floats`, toFloat);
    const scaled = graph.add('Mul', [floats, scales], `${output}.scaled`);
    const sum = graph.add('ReduceSum', [scaled, 'pair_axis'], `${output}.sum`, { keepdims: 0 });
    return graph.add('Mul', [sum, rowScales], output);
  };

  return {
    matrix(name, [rows, columns], load) {
      const scales = `${name}.scales`;
      graph.constants.push({
        values: [
          { name, type: 'int8', shape: [columns, rows] },
          { name: scales, type: 'float', shape: [rows] },
        ],
        load: async () => {
          const packed = quantizeRows(await load(), rows);
          return [transpose(packed.integers, rows, new Int8Array(packed.integers.length)), packed.scales];
        },
      });
      return { multiply: (input, output) => multiply(input, name, scales, output) };
    },
    table(name, [rows, columns], load) {
      const scales = `${name}.scales`;
      graph.constants.push({
        values: [
          { name, type: 'int8', shape: [rows, columns] },
          { name: scales, type: 'float', shape: [rows, 1] },
        ],
        load: async () => {
          const packed = quantizeRows(await load(), rows);
          return [packed.integers, packed.scales];
        },
      });
      return {
        lookUp(ids, output) {
          const integers = graph.add('Gather', [name, ids], `${output}.integers`);
          const floats = graph.add('Cast', [integers], `${output}.floats`, toFloat);
          return graph.add('Mul', [floats, graph.add('Gather', [scales, ids], `${output}.scales`)], output);
        },
        multiply(input, output) {
          const turned = graph.add('Transpose', [name], `${name}.turned`, { perm: [1, 0] });
          const turnedScales = graph.add('Transpose', [scales], `${scales}.turned`, { perm: [1, 0] });
          return multiply(input, turned, turnedScales, output);
        },
      };
    },
  };
}
