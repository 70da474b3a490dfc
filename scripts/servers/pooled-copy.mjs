/** A copy of a GGUF that says of itself that it makes vectors: Ollama takes such a model for embedding only. */
import { readFile, rename, writeFile } from 'node:fs/promises';

/** Of the tensor data in a file; what is put in front of it must not disturb it. */
const alignment = 32;
const uint32 = 4;
const string = 8;
const meanPooling = 1;

/**
 * @param {string} gguf of the architecture `llama`
 * @param {string} target
 */
export async function writePooledCopy(gguf, target) {
  const bytes = await readFile(gguf);
  const counts = 24;
  const header = Buffer.from(bytes.subarray(0, counts));
  if (header.toString('latin1', 0, 4) !== 'GGUF') throw new Error(`${gguf} is not a GGUF file.`);
  const pooling = entry('llama.pooling_type', uint32, number32(meanPooling));
  // A remark makes the whole a multiple of the alignment, so that nothing after it has to be understood.
  const remark = (/** @type {number} */ length) =>
    entry('switchyard.remark', string, text(' '.repeat(length)));
  const short = (pooling.length + remark(0).length) % alignment;
  const added = Buffer.concat([pooling, remark((alignment - short) % alignment)]);
  header.writeBigUInt64LE(header.readBigUInt64LE(16) + 2n, 16);
  await writeFile(`${target}.part`, Buffer.concat([header, added, bytes.subarray(counts)]));
  await rename(`${target}.part`, target);
}

/** @param {string} key @param {number} type @param {Buffer} value */
function entry(key, type, value) {
  return Buffer.concat([text(key), number32(type), value]);
}

/** @param {string} value */
function text(value) {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(value.length));
  return Buffer.concat([length, Buffer.from(value, 'latin1')]);
}

/** @param {number} value */
function number32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
