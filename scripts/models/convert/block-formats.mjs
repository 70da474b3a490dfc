/** The storage formats of ggml that can be read: so many values in a block of so many bytes, and how to decode one. */
import { GGMLQuantizationType as Type } from '@huggingface/gguf';
import { fromBfloat16, fromHalf } from './half-floats.mjs';
import { decodeQ4K, decodeQ5K, decodeQ6K } from './k-blocks.mjs';

/**
 * Reads one block of `view` that begins at byte `at`, into `out` from `to` on.
 * @callback DecodeBlock
 * @param {DataView} view
 * @param {number} at
 * @param {Float32Array} out
 * @param {number} to
 * @returns {void}
 */

/**
 * @typedef {object} BlockFormat
 * @property {number} values in a block
 * @property {number} bytes of a block
 * @property {DecodeBlock} decode
 */

/**
 * The layouts are those of `ggml-common.h`; all numbers are little-endian.
 * @type {Readonly<Record<number, BlockFormat>>}
 */
export const blockFormats = {
  [Type.F32]: {
    values: 1,
    bytes: 4,
    decode: (view, at, out, to) => void (out[to] = view.getFloat32(at, true)),
  },
  [Type.F16]: { values: 1, bytes: 2, decode: (view, at, out, to) => void (out[to] = half(view, at)) },
  [Type.BF16]: {
    values: 1,
    bytes: 2,
    decode: (view, at, out, to) => void (out[to] = fromBfloat16(view.getUint16(at, true))),
  },
  [Type.Q4_0]: { values: 32, bytes: 18, decode: decodeQ4 },
  [Type.Q4_1]: { values: 32, bytes: 20, decode: decodeQ4WithMinimum },
  [Type.Q5_0]: { values: 32, bytes: 22, decode: decodeQ5 },
  [Type.Q5_1]: { values: 32, bytes: 24, decode: decodeQ5WithMinimum },
  [Type.Q8_0]: { values: 32, bytes: 34, decode: decodeQ8 },
  [Type.Q4_K]: { values: 256, bytes: 144, decode: decodeQ4K },
  [Type.Q5_K]: { values: 256, bytes: 176, decode: decodeQ5K },
  [Type.Q6_K]: { values: 256, bytes: 210, decode: decodeQ6K },
};

/** @param {DataView} view @param {number} at */
function half(view, at) {
  return fromHalf(view.getUint16(at, true));
}

/** A byte holds value i in its lower half and value i + 16 in its upper half. @type {DecodeBlock} */
function decodeQ4(view, at, out, to) {
  const scale = half(view, at);
  for (let i = 0; i < 16; i += 1) {
    const byte = view.getUint8(at + 2 + i);
    out[to + i] = ((byte & 15) - 8) * scale;
    out[to + i + 16] = ((byte >> 4) - 8) * scale;
  }
}

/** @type {DecodeBlock} */
function decodeQ4WithMinimum(view, at, out, to) {
  const [scale, minimum] = [half(view, at), half(view, at + 2)];
  for (let i = 0; i < 16; i += 1) {
    const byte = view.getUint8(at + 4 + i);
    out[to + i] = (byte & 15) * scale + minimum;
    out[to + i + 16] = (byte >> 4) * scale + minimum;
  }
}

/** As in Q4, with the fifth bits of all values in one word of 32 bits. @type {DecodeBlock} */
function decodeQ5(view, at, out, to) {
  const scale = half(view, at);
  const fifth = view.getUint32(at + 2, true);
  for (let i = 0; i < 16; i += 1) {
    const byte = view.getUint8(at + 6 + i);
    out[to + i] = ((byte & 15) + 16 * ((fifth >>> i) & 1) - 16) * scale;
    out[to + i + 16] = ((byte >> 4) + 16 * ((fifth >>> (i + 16)) & 1) - 16) * scale;
  }
}

/** @type {DecodeBlock} */
function decodeQ5WithMinimum(view, at, out, to) {
  const [scale, minimum] = [half(view, at), half(view, at + 2)];
  const fifth = view.getUint32(at + 4, true);
  for (let i = 0; i < 16; i += 1) {
    const byte = view.getUint8(at + 8 + i);
    out[to + i] = ((byte & 15) + 16 * ((fifth >>> i) & 1)) * scale + minimum;
    out[to + i + 16] = ((byte >> 4) + 16 * ((fifth >>> (i + 16)) & 1)) * scale + minimum;
  }
}

/** @type {DecodeBlock} */
function decodeQ8(view, at, out, to) {
  const scale = half(view, at);
  for (let i = 0; i < 32; i += 1) out[to + i] = view.getInt8(at + 2 + i) * scale;
}
