/** Matrices with 8-bit integers, multiplied as integers: what processors do fastest. */
import { quantizeRows } from './quantize-rows.mjs';
import { transpose } from './transpose.mjs';

/** `TensorProto.DataType`. */
const [toFloat, toUint8] = [{ to: 1 }, { to: 2 }];

/** @typedef {{ integers: string, scales: string }} Quantized names of the values */

/**
 * Each row of a matrix has its own scale, and so has each vector that is multiplied with it. A vector is split into
 * two: its values in 255 steps, and what is left of them in steps 254 times as fine. Both go through the matrix
 * in one multiplication, which costs little more than one and loses almost nothing, whereas Llamas have single
 * values a thousand times as large as the rest, which leave nothing of the others in 255 steps. Where a graph asks
 * for coarse vectors, there is the first step alone. Figures:
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
  /** @type {Map<string, Quantized>} */
  const quantized = new Map();

  /** @param {string} vectors @returns the scale of each vector, and its values in steps of it, not yet whole */
  const inSteps = (vectors) => {
    const sizes = graph.add('Abs', [vectors], `${vectors}.sizes`);
    const largest = graph.add('ReduceMax', [sizes, 'last_axis'], `${vectors}.largest`);
    const share = graph.add('Div', [largest, most], `${vectors}.share`);
    const scale = graph.add('Max', [share, least], `${vectors}.scale`);
    return { scale, steps: graph.add('Div', [vectors, scale], `${vectors}.steps`) };
  };

  /** @param {string} vectors @param {string} whole the steps, rounded */
  const toIntegers = (vectors, whole) => {
    const shifted = graph.add('Add', [whole, middle], `${vectors}.shifted`);
    return graph.add('Cast', [shifted], `${vectors}.integers`, toUint8);
  };

  /** @param {string} vectors @returns {Quantized} */
  const quantizeOnce = (vectors) => {
    const { scale, steps } = inSteps(vectors);
    const whole = graph.add('Round', [steps], `${vectors}.whole`);
    return { integers: toIntegers(vectors, whole), scales: scale };
  };

  /** @param {string} vectors @returns {Quantized} */
  const quantizeTwice = (vectors) => {
    const input = graph.add('Unsqueeze', [vectors, 'pair_axis'], `${vectors}.one`);
    const { scale, steps } = inSteps(input);
    const coarse = graph.add('Round', [steps], `${vectors}.coarse`);
    const left = graph.add('Sub', [steps, coarse], `${vectors}.left`);
    const fine = graph.add('Round', [graph.add('Mul', [left, finer], `${vectors}.finer`)], `${vectors}.fine`);
    const pair = graph.add('Concat', [coarse, fine], `${vectors}.pair`, { axis: 1 });
    return {
      integers: toIntegers(vectors, pair),
      scales: graph.add('Mul', [scale, pairSteps], `${vectors}.scales`),
    };
  };

  /**
   * Queries, keys and values are made from the same vectors.
   * @param {string} vectors @param {import('./llama-graph.mjs').Precision} precision
   */
  const quantize = (vectors, precision) => {
    const known = quantized.get(vectors);
    if (known) return known;
    const fresh = precision === 'coarse' ? quantizeOnce(vectors) : quantizeTwice(vectors);
    quantized.set(vectors, fresh);
    return fresh;
  };

  /**
   * @param {string} vectors
   * @param {string} weights columns × rows
   * @param {string} rowScales
   * @param {string} output
   * @param {import('./llama-graph.mjs').Precision} [precision]
   */
  const multiply = (vectors, weights, rowScales, output, precision = 'fine') => {
    const { integers, scales } = quantize(vectors, precision);
    const sums = graph.add('MatMulInteger', [integers, weights, 'middle_integer'], `${output}.sums`);
    const floats = graph.add('Cast', [sums], `${output}.floats`, toFloat);
    const scaled = graph.add('Mul', [floats, scales], `${output}.scaled`);
    const sum =
      precision === 'coarse'
        ? scaled
        : graph.add('ReduceSum', [scaled, 'pair_axis'], `${output}.sum`, { keepdims: 0 });
    return graph.add('Mul', [sum, rowScales], output);
  };

  return {
    matrix(name, [rows, columns], load, precision) {
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
      return { multiply: (input, output) => multiply(input, name, scales, output, precision) };
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
