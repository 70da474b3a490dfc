/** The tiny model's GGUF, and GGUF headers that a test writes itself, with sizes that no sane file has. */
import { readFileSync } from 'node:fs';

export const tinyGguf = readFileSync(new URL('../../../fixtures/tiny-model/tiny-q8_0.gguf', import.meta.url));

const littleEndian = (bytes: 4 | 8, value: bigint): Buffer => {
  const buffer = Buffer.alloc(bytes);
  if (bytes === 4) buffer.writeUInt32LE(Number(value));
  else buffer.writeBigUInt64LE(value);
  return buffer;
};

const text = (value: string): Buffer =>
  Buffer.concat([littleEndian(8, BigInt(value.length)), Buffer.from(value)]);

const types = { uint32: 4n, string: 8n, array: 9n, uint64: 10n } as const;

/** Version 3, by the GGUF specification of ggml. */
export function ggufHeader(tensors: bigint, keys: bigint, ...pairs: Buffer[]): Buffer {
  return Buffer.concat([
    Buffer.from('GGUF'),
    littleEndian(4, 3n),
    littleEndian(8, tensors),
    littleEndian(8, keys),
    ...pairs,
  ]);
}

export function textPair(key: string, value: string): Buffer {
  return Buffer.concat([text(key), littleEndian(4, types.string), text(value)]);
}

export function numberPair(key: string, value: bigint, type: 'uint32' | 'uint64'): Buffer {
  return Buffer.concat([
    text(key),
    littleEndian(4, types[type]),
    littleEndian(type === 'uint32' ? 4 : 8, value),
  ]);
}

/** A string that claims to be longer than it is. */
export function longTextPair(key: string, length: bigint): Buffer {
  return Buffer.concat([text(key), littleEndian(4, types.string), littleEndian(8, length)]);
}

/** A list of numbers that claims to be longer than it is. */
export function longListPair(key: string, length: bigint): Buffer {
  const list = [littleEndian(4, types.array), littleEndian(4, types.uint32), littleEndian(8, length)];
  return Buffer.concat([text(key), ...list]);
}
