/** The storage formats of ggml against values that the Python package gguf 0.19.0 read from the same bytes. */
import { GGMLQuantizationType } from '@huggingface/gguf';
import { expect, test } from 'vitest';
import { blockFormats } from '../../../../scripts/models/convert/block-formats.mjs';
import recorded from '../../../fixtures/ggml-blocks.json';

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));

test.for(Object.entries(recorded))('%s', ([name, { blocks, values }]) => {
  const format = blockFormats[GGMLQuantizationType[name as keyof typeof GGMLQuantizationType]];
  const expected = new Float32Array(bytesOf(values).buffer);
  const read = new Float32Array(expected.length);
  const view = new DataView(bytesOf(blocks).buffer);
  for (let block = 0; format && block * format.values < read.length; block += 1) {
    format.decode(view, block * format.bytes, read, block * format.values);
  }
  const largest = Math.max(...expected.map(Math.abs));
  // The reference multiplies in 32 bits.
  read.forEach((value, index) =>
    expect(Math.abs(value - (expected[index] ?? NaN))).toBeLessThan(largest * 1e-6),
  );
});

test('F32 is taken as it is', () => {
  const read = new Float32Array(1);
  const bytes = new Float32Array([-1.5e-3]);
  blockFormats[GGMLQuantizationType.F32]?.decode(new DataView(bytes.buffer), 0, read, 0);
  expect(read).toEqual(bytes);
});
