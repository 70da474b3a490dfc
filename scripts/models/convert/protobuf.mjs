/** The few parts of protobuf's wire format that an ONNX file needs; writing only. */

/** Wire types of https://protobuf.dev/programming-guides/encoding/. */
const varintType = 0;
const lengthType = 2;
const fixed32Type = 5;

/** @param {number} value a whole number, not below 0 */
function varint(value) {
  const bytes = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
}

/** @param {number} field @param {number} value */
export function integer(field, value) {
  return Buffer.concat([varint(field * 8 + varintType), varint(value)]);
}

/** @param {number} field @param {number} value */
export function float(field, value) {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([varint(field * 8 + fixed32Type), bytes]);
}

/** What stands before `length` bytes of a field, for contents that are written by themselves. @param {number} field @param {number} length */
export function lengthOf(field, length) {
  return Buffer.concat([varint(field * 8 + lengthType), varint(length)]);
}

/** @param {number} field @param {string} value */
export function text(field, value) {
  return message(field, Buffer.from(value));
}

/** @param {number} field @param {...Buffer} parts its own fields */
export function message(field, ...parts) {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([lengthOf(field, length), ...parts]);
}
