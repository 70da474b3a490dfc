/** Writes a graph as an `.onnx` file, one constant in memory at a time. Field numbers are those of `onnx.proto`. */
import { open } from 'node:fs/promises';
import { Problem } from '../../shared/problem.mjs';
import { float, integer, lengthOf, message, text } from './protobuf.mjs';

/** Bytes that one protobuf can hold. */
const longestFile = 2 ** 31 - 1;
const irVersion = 9;
const opsets = [
  { domain: '', version: 18 },
  { domain: 'com.microsoft', version: 1 },
];

/** `TensorProto.DataType`. */
const elementTypes = {
  float: { code: 1, bytes: 4 },
  uint8: { code: 2, bytes: 1 },
  int8: { code: 3, bytes: 1 },
  int32: { code: 6, bytes: 4 },
  int64: { code: 7, bytes: 8 },
};

/**
 * @param {string} path
 * @param {import('./onnx-graph.mjs').OnnxGraph} graph
 * @throws {Problem} where it would be longer than a file of this kind can be
 */
export async function writeOnnx(path, graph) {
  const constants = graph.constants.map(({ values, load }) => ({ heads: values.map(constantHead), load }));
  const rest = Buffer.concat([
    ...graph.nodes.map(nodeField),
    text(2, graph.name),
    ...graph.inputs.map((value) => valueField(11, value)),
    ...graph.outputs.map((value) => valueField(12, value)),
  ]);
  const length = constants
    .flatMap(({ heads }) => heads)
    .reduce((sum, { head, bytes }) => sum + head.length + bytes, rest.length);
  if (length > longestFile) {
    throw new Problem(
      `The result would have ${(length / 1e9).toFixed(1)} GB; an ONNX file holds 2.1. Choose fewer --bits.`,
    );
  }
  const file = await open(path, 'wx');
  try {
    await file.appendFile(
      Buffer.concat([
        integer(1, irVersion),
        text(2, 'switchyard'),
        ...opsets.map(({ domain, version }) => message(8, text(1, domain), integer(2, version))),
        lengthOf(7, length),
        rest,
      ]),
    );
    for (const { heads, load } of constants) {
      const contents = await load();
      for (const [index, { name, head, bytes }] of heads.entries()) {
        const content = contents[index];
        if (content?.byteLength !== bytes) throw new TypeError(`${name} has not the size of its shape.`);
        await file.appendFile(head);
        await file.appendFile(new Uint8Array(content.buffer, content.byteOffset, content.byteLength));
      }
    }
  } finally {
    await file.close();
  }
}

/**
 * Everything of the constant but its bytes, which come right after.
 * @param {import('./onnx-graph.mjs').OnnxConstant} constant
 */
function constantHead({ name, type, shape }) {
  const { code, bytes: each } = elementTypes[type];
  const bytes = shape.reduce((product, size) => product * size, each);
  const fields = Buffer.concat([
    ...shape.map((size) => integer(1, size)),
    integer(2, code),
    text(8, name),
    lengthOf(9, bytes),
  ]);
  return { name, bytes, head: Buffer.concat([lengthOf(5, fields.length + bytes), fields]) };
}

/** @param {import('./onnx-graph.mjs').OnnxNode} node @param {number} index */
function nodeField({ operator, domain, inputs, outputs, attributes }, index) {
  return message(
    1,
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(3, `${operator}_${index}`),
    text(4, operator),
    ...Object.entries(attributes).map(([name, value]) => message(5, text(1, name), ...attributeValue(value))),
    text(7, domain),
  );
}

/** @param {import('./onnx-graph.mjs').OnnxNode['attributes'][string]} value */
function attributeValue(value) {
  if (typeof value === 'number') return [integer(3, value), integer(20, 2)];
  if ('float' in value) return [float(2, value.float), integer(20, 1)];
  return [...value.map((one) => integer(8, one)), integer(20, 7)];
}

/** @param {number} field @param {import('./onnx-graph.mjs').OnnxValue} value */
function valueField(field, { name, type, shape }) {
  const sizes = shape.map((size) => message(1, typeof size === 'number' ? integer(1, size) : text(2, size)));
  const tensor = message(1, integer(1, elementTypes[type].code), message(2, ...sizes));
  return message(field, text(1, name), message(2, tensor));
}
