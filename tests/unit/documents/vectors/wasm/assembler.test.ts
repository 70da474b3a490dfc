import { describe, expect, it } from 'vitest';
import {
  assembleModule,
  signed,
  unsigned,
  wasmFunction,
} from '../../../../../src/documents/vectors/wasm/assembler';
import { i32, repeatWhile } from '../../../../../src/documents/vectors/wasm/instructions';

describe('the assembler', () => {
  it.each([
    [0, [0]],
    [127, [127]],
    [128, [0x80, 1]],
    [624_485, [0xe5, 0x8e, 0x26]],
    [0xffff_ffff, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])('writes %d without a sign as the specification does', (value, bytes) => {
    expect(unsigned(value)).toEqual(bytes);
  });

  it.each([
    [0, [0]],
    [63, [63]],
    [64, [0xc0, 0]],
    [-64, [0x40]],
    [-65, [0xbf, 0x7f]],
    [-123_456, [0xc0, 0xbb, 0x78]],
    [-(2 ** 31), [0x80, 0x80, 0x80, 0x80, 0x78]],
  ])('writes %d with a sign as the specification does', (value, bytes) => {
    expect(signed(value)).toEqual(bytes);
  });

  it('makes functions that run', async () => {
    const sumUpTo = wasmFunction(
      'sumUpTo',
      { last: 'i32' },
      { sum: 'i32' },
      ({ last, sum }) => [
        repeatWhile(
          i32.lt_u(i32.const(0), last.get),
          sum.set(i32.add(sum.get, last.get)),
          last.set(i32.sub(last.get, i32.const(1))),
        ),
        sum.get,
      ],
      'i32',
    );
    const { instance } = await WebAssembly.instantiate(assembleModule([sumUpTo]), {
      page: { memory: new WebAssembly.Memory({ initial: 1 }) },
    });
    expect((instance.exports.sumUpTo as (last: number) => number)(100)).toBe(5050);
  });
});
