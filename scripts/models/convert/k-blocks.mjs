/** The "K" formats of ggml: 256 values in a block, in groups with small scales of their own. */
import { fromHalf } from './half-floats.mjs';

/**
 * Two arrays of eight numbers of 6 bits in twelve bytes: the first four of each lie in the lower bits of
 * bytes 0 to 7, the last four are spread over bytes 8 to 11 and the upper bits of the others.
 * @param {DataView} view @param {number} at @param {number} group 0 to 7
 * @returns {[scale: number, minimum: number]}
 */
function groupScale(view, at, group) {
  const byte = (/** @type {number} */ index) => view.getUint8(at + index);
  if (group < 4) return [byte(group) & 63, byte(group + 4) & 63];
  return [
    (byte(group + 4) & 15) | ((byte(group - 4) >> 6) << 4),
    (byte(group + 4) >> 4) | ((byte(group) >> 6) << 4),
  ];
}

/** @type {import('./block-formats.mjs').DecodeBlock} */
export function decodeQ4K(view, at, out, to) {
  decodeWithMinimum(view, at, out, to, at + 16, () => 0);
}

/** @type {import('./block-formats.mjs').DecodeBlock} */
export function decodeQ5K(view, at, out, to) {
  decodeWithMinimum(
    view,
    at,
    out,
    to,
    at + 48,
    (group, i) => 16 * ((view.getUint8(at + 16 + i) >> group) & 1),
  );
}

/**
 * Groups of 32 values; two groups share 32 bytes, one in the lower halves, one in the upper.
 * @param {DataView} view @param {number} at @param {Float32Array} out @param {number} to
 * @param {number} lowAt where the lower four bits of the values begin
 * @param {(group: number, i: number) => number} high what the fifth bit adds
 */
function decodeWithMinimum(view, at, out, to, lowAt, high) {
  const [scale, minimum] = [fromHalf(view.getUint16(at, true)), fromHalf(view.getUint16(at + 2, true))];
  for (let group = 0; group < 8; group += 1) {
    const [ofScale, ofMinimum] = groupScale(view, at + 4, group);
    const shift = group % 2 ? 4 : 0;
    for (let i = 0; i < 32; i += 1) {
      const low = (view.getUint8(lowAt + 32 * (group >> 1) + i) >> shift) & 15;
      out[to + 32 * group + i] = scale * ofScale * (low + high(group, i)) - minimum * ofMinimum;
    }
  }
}

/**
 * Two halves of 128 values. In each, 64 bytes hold the lower four bits, 32 bytes the upper two, and groups of
 * 16 values have a signed scale of 8 bits.
 * @type {import('./block-formats.mjs').DecodeBlock}
 */
export function decodeQ6K(view, at, out, to) {
  const scale = fromHalf(view.getUint16(at + 208, true));
  for (let index = 0; index < 256; index += 1) {
    const [halfBlock, inHalf] = [index >> 7, index & 127];
    const [quarter, i] = [inHalf >> 5, inHalf & 31];
    const low = view.getUint8(at + 64 * halfBlock + (inHalf & 63)) >> (quarter < 2 ? 0 : 4);
    const high = view.getUint8(at + 128 + 32 * halfBlock + i) >> (2 * quarter);
    const ofGroup = view.getInt8(at + 192 + (index >> 4));
    out[to + index] = scale * ofGroup * (((low & 15) | ((high & 3) << 4)) - 32);
  }
}
