/** A safetensors file, open for reading: its tensors one at a time as 32-bit floats. */
import { open } from 'node:fs/promises';
import { Problem } from '../../shared/problem.mjs';

/** Bytes of the header's length, which is a 64-bit integer; format: https://github.com/huggingface/safetensors. */
const lengthBytes = 8;
/** Bytes. The format's own limit for a header. */
const longestHeader = 100e6;

/**
 * @typedef {object} SafeTensor
 * @property {readonly number[]} shape
 * @property {number} offset from the start of the file, in bytes
 * @property {number} bytes
 */

export class SafetensorsFile {
  #handle;

  /**
   * @param {import('node:fs/promises').FileHandle} handle
   * @param {ReadonlyMap<string, SafeTensor>} tensors those of 32-bit floats; others are left out
   */
  constructor(handle, tensors) {
    this.#handle = handle;
    this.tensors = tensors;
  }

  /**
   * @param {string} path
   * @throws {Problem} where it is not such a file
   */
  static async open(path) {
    const handle = await open(path);
    try {
      return new SafetensorsFile(handle, await readHeader(handle));
    } catch (error) {
      await handle.close();
      throw new Problem(`${path} is not a safetensors file that can be read. Download it again.`, error);
    }
  }

  /** @param {string} name of a tensor that is there @returns {Promise<Float32Array>} row by row */
  async read(name) {
    const tensor = this.tensors.get(name);
    if (!tensor) throw new TypeError(`${name} was asked for, which is not there.`);
    const bytes = await readExactly(this.#handle, tensor.bytes, tensor.offset);
    const values = new Float32Array(bytes.length / 4);
    const view = new DataView(bytes.buffer);
    for (let index = 0; index < values.length; index += 1) values[index] = view.getFloat32(index * 4, true);
    return values;
  }

  close() {
    return this.#handle.close();
  }
}

/** @param {import('node:fs/promises').FileHandle} handle */
async function readHeader(handle) {
  const prefix = await readExactly(handle, lengthBytes, 0);
  const length = Number(new DataView(prefix.buffer).getBigUint64(0, true));
  if (length > longestHeader) throw new RangeError('The header is too long.');
  const header = JSON.parse(new TextDecoder().decode(await readExactly(handle, length, lengthBytes)));
  /** @type {Map<string, SafeTensor>} */
  const tensors = new Map();
  for (const [name, { dtype, shape, data_offsets: [begin, end] = [] }] of Object.entries(header)) {
    if (dtype !== 'F32') continue;
    const bytes = shape.reduce(
      (/** @type {number} */ product, /** @type {number} */ size) => product * size,
      4,
    );
    if (end - begin !== bytes) throw new RangeError(`${name} has not the size of its shape.`);
    tensors.set(name, { shape, offset: lengthBytes + length + begin, bytes });
  }
  return tensors;
}

/** @param {import('node:fs/promises').FileHandle} handle @param {number} length @param {number} position */
async function readExactly(handle, length, position) {
  const bytes = new Uint8Array(length);
  const { bytesRead } = await handle.read(bytes, 0, length, position);
  if (bytesRead !== length) throw new RangeError('The file is cut.');
  return bytes;
}
