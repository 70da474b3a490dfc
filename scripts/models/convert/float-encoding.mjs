/** Matrices as 32-bit floats: exact, and four times as large as 8 bits. */
import { transpose } from './transpose.mjs';

/**
 * @param {import('./onnx-graph.mjs').OnnxGraph} graph
 * @returns {import('./llama-graph.mjs').Encoding}
 */
export function floatEncoding(graph) {
  return {
    matrix(name, [rows, columns], load) {
      graph.constants.push({
        values: [{ name, type: 'float', shape: [columns, rows] }],
        load: async () => [transpose(await load(), rows, new Float32Array(rows * columns))],
      });
      return { multiply: (input, output) => graph.add('MatMul', [input, name], output) };
    },
    table(name, [rows, columns], load) {
      graph.constants.push({
        values: [{ name, type: 'float', shape: [rows, columns] }],
        load: async () => [await load()],
      });
      return {
        lookUp: (ids, output) => graph.add('Gather', [name, ids], output),
        multiply(input, output) {
          const turned = graph.add('Transpose', [name], `${name}.turned`, { perm: [1, 0] });
          return graph.add('MatMul', [input, turned], output);
        },
      };
    },
  };
}
