/** An ONNX graph while it is built: nodes, what goes in and out, and constants whose bytes are made when they are written. */

/** @typedef {'float' | 'uint8' | 'int8' | 'int32' | 'int64'} ElementType */

/**
 * @typedef {object} OnnxValue
 * @property {string} name
 * @property {ElementType} type
 * @property {readonly (number | string)[]} shape a string names a size that differs from run to run
 *
 * @typedef {object} OnnxConstant
 * @property {string} name
 * @property {ElementType} type
 * @property {readonly number[]} shape
 */

/**
 * Constants that are made together, since they come from one tensor.
 * @typedef {object} ConstantGroup
 * @property {readonly OnnxConstant[]} values
 * @property {() => Promise<readonly ArrayBufferView[]>} load in the order of `values`
 */

/**
 * @typedef {object} OnnxNode
 * @property {string} operator
 * @property {string} domain
 * @property {readonly string[]} inputs
 * @property {readonly string[]} outputs
 * @property {Readonly<Record<string, number | readonly number[] | { float: number }>>} attributes
 */

const microsoftOperators = new Set([
  'BiasGelu',
  'GroupQueryAttention',
  'MatMulNBits',
  'MultiHeadAttention',
  'SkipLayerNormalization',
]);

export class OnnxGraph {
  name;
  /** @type {OnnxNode[]} */
  nodes = [];
  /** @type {OnnxValue[]} */
  inputs = [];
  /** @type {OnnxValue[]} */
  outputs = [];
  /** @type {ConstantGroup[]} */
  constants = [];

  /** @param {string} [name] of the architecture */
  constructor(name = 'llama') {
    this.name = name;
  }

  /**
   * @param {string} operator
   * @param {readonly string[]} inputs
   * @param {string | readonly string[]} outputs
   * @param {OnnxNode['attributes']} [attributes]
   * @returns {string} the first output
   */
  add(operator, inputs, outputs, attributes = {}) {
    const names = typeof outputs === 'string' ? [outputs] : outputs;
    const domain = microsoftOperators.has(operator) ? 'com.microsoft' : '';
    this.nodes.push({ operator, domain, inputs, outputs: names, attributes });
    return names[0] ?? '';
  }

  /**
   * A small constant.
   * @param {string} name
   * @param {ElementType} type
   * @param {readonly number[]} shape
   * @param {ArrayBufferView} data
   */
  constant(name, type, shape, data) {
    this.constants.push({ values: [{ name, type, shape }], load: () => Promise.resolve([data]) });
    return name;
  }
}
