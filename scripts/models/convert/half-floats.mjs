/** 16-bit floats → numbers: IEEE binary16, and bfloat16. */

/** @param {number} bits of an IEEE 754 binary16 */
export function fromHalf(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const cell = new DataView(new ArrayBuffer(4));

/** @param {number} bits the upper half of a binary32 */
export function fromBfloat16(bits) {
  cell.setUint32(0, bits << 16);
  return cell.getFloat32(0);
}
