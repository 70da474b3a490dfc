/** A GGUF file, open for reading: what it says of itself, and its tensors one at a time as 32-bit floats. */
import { open } from 'node:fs/promises';
import { GGMLQuantizationType, gguf } from '@huggingface/gguf';
import { Problem } from '../../shared/problem.mjs';
import { blockFormats } from './block-formats.mjs';

/**
 * @typedef {object} GgufTensor
 * @property {readonly number[]} shape rows first, as in the rest of the world; the file has it the other way round
 * @property {number} values
 * @property {number} type of ggml
 * @property {number} offset from the start of the file, in bytes
 */

export class GgufFile {
  #handle;

  /**
   * @param {import('node:fs/promises').FileHandle} handle
   * @param {Readonly<Record<string, unknown>>} metadata
   * @param {ReadonlyMap<string, GgufTensor>} tensors
   */
  constructor(handle, metadata, tensors) {
    this.#handle = handle;
    this.metadata = metadata;
    this.tensors = tensors;
  }

  /**
   * Checks that every tensor lies in the file whole and has a type that can be read.
   * @param {string} path
   * @throws {Problem} where it is not such a file
   */
  static async open(path) {
    const handle = await open(path).catch((/** @type {Error} */ error) => {
      throw new Problem(`${path} cannot be opened: ${error.message}.`, error);
    });
    try {
      const { metadata, tensors } = await readHeader(path);
      const { size } = await handle.stat();
      for (const [name, tensor] of tensors) checkTensor(path, name, tensor, size);
      return new GgufFile(handle, metadata, tensors);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** @param {string} name of a tensor that is there @returns {Promise<Float32Array>} row by row */
  async read(name) {
    const tensor = this.tensors.get(name);
    const format = tensor && blockFormats[tensor.type];
    if (!format) throw new TypeError(`${name} was asked for, which is not there.`);
    const bytes = new Uint8Array(bytesOf(tensor, format));
    await this.#handle.read(bytes, 0, bytes.length, tensor.offset);
    const values = new Float32Array(tensor.values);
    const view = new DataView(bytes.buffer);
    for (let block = 0; block * format.values < values.length; block += 1) {
      format.decode(view, block * format.bytes, values, block * format.values);
    }
    return values;
  }

  close() {
    return this.#handle.close();
  }
}

/** @param {string} path */
async function readHeader(path) {
  const header = await gguf(path, { allowLocalFile: true }).catch((/** @type {Error} */ error) => {
    const hint = 'It may be cut, or another kind of file. Download it again, or choose another one.';
    throw new Problem(`${path} is not a GGUF file that can be read: ${error.message}. ${hint}`, error);
  });
  if (!header.littleEndian)
    throw new Problem(`${path} has big-endian numbers; convert it to little-endian first.`);
  /** @type {Map<string, GgufTensor>} */
  const tensors = new Map();
  for (const { name, shape, dtype, offset } of header.tensorInfos) {
    const sizes = shape.map(Number).reverse();
    tensors.set(name, {
      shape: sizes,
      values: sizes.reduce((product, size) => product * size, 1),
      type: dtype,
      offset: Number(header.tensorDataOffset + offset),
    });
  }
  return { metadata: /** @type {Record<string, unknown>} */ ({ ...header.metadata }), tensors };
}

/** @param {string} path @param {string} name @param {GgufTensor} tensor @param {number} size of the file, in bytes */
function checkTensor(path, name, tensor, size) {
  const format = blockFormats[tensor.type];
  if (!format) {
    const type = GGMLQuantizationType[tensor.type] ?? `number ${tensor.type}`;
    throw new Problem(
      `${name} in ${path} has the type ${type}, which cannot be converted. ` +
        `Choose a file of type ${Object.keys(blockFormats)
          .map((known) => GGMLQuantizationType[Number(known)])
          .join(', ')}.`,
    );
  }
  const end = tensor.offset + bytesOf(tensor, format);
  if (!(end <= size)) {
    throw new Problem(`${path} is cut: ${name} ends at byte ${end}, the file at ${size}. Download it again.`);
  }
}

/** @param {GgufTensor} tensor @param {import('./block-formats.mjs').BlockFormat} format */
function bytesOf({ values }, format) {
  return (values / format.values) * format.bytes;
}
