/** The instructions that our kernels use, by the names of the WebAssembly specification. Operands come before. */
import { type Code, signed, unsigned } from './assembler';

const noResult = 0x40;
const simd = (opcode: number): Code => [0xfd, unsigned(opcode)];
/** @param align power of two that the address is a multiple of, as a hint */
const at = (align: number, offset: number): Code => [align, unsigned(offset)];

/** Goes round while `condition` holds at its end. */
export function repeatWhile(condition: Code, ...body: Code[]): Code {
  return [0x03, noResult, body, condition, 0x0d, 0, 0x0b];
}

export function when(condition: Code, ...body: Code[]): Code {
  return [condition, 0x04, noResult, body, 0x0b];
}

/** Leaves the function with what `value` gives. */
export const leave = (...value: Code[]): Code => [value, 0x0f];

export const i32 = {
  const: (value: number): Code => [0x41, signed(value)],
  load: (address: Code, offset = 0): Code => [address, 0x28, at(2, offset)],
  load16_s: (address: Code, offset = 0): Code => [address, 0x2e, at(1, offset)],
  store: (address: Code, value: Code, offset = 0): Code => [address, value, 0x36, at(2, offset)],
  lt_u: (left: Code, right: Code): Code => [left, right, 0x49],
  ge_u: (left: Code, right: Code): Code => [left, right, 0x4f],
  ctz: (value: Code): Code => [value, 0x68],
  add: (left: Code, right: Code): Code => [left, right, 0x6a],
  sub: (left: Code, right: Code): Code => [left, right, 0x6b],
  and: (left: Code, right: Code): Code => [left, right, 0x71],
  shl: (left: Code, right: Code): Code => [left, right, 0x74],
  shr_s: (left: Code, right: Code): Code => [left, right, 0x75],
} as const;

export const i64 = {
  extend_i32_s: (value: Code): Code => [value, 0xac],
  add: (left: Code, right: Code): Code => [left, right, 0x7c],
} as const;

export const f32 = {
  load: (address: Code, offset = 0): Code => [address, 0x2a, at(2, offset)],
  store: (address: Code, value: Code, offset = 0): Code => [address, value, 0x38, at(2, offset)],
  add: (left: Code, right: Code): Code => [left, right, 0x92],
  demote_f64: (value: Code): Code => [value, 0xb6],
} as const;

export const f64 = {
  mul: (left: Code, right: Code): Code => [left, right, 0xa2],
  convert_i64_s: (value: Code): Code => [value, 0xb9],
  promote_f32: (value: Code): Code => [value, 0xbb],
} as const;

export const v128 = {
  load: (address: Code, offset = 0): Code => [address, simd(0x00), at(4, offset)],
  store: (address: Code, value: Code, offset = 0): Code => [address, value, simd(0x0b), at(4, offset)],
  zero: [simd(0x0c), new Array<number>(16).fill(0)] as Code,
  and: (left: Code, right: Code): Code => [left, right, simd(0x4e)],
} as const;

export const i8x16 = {
  swizzle: (table: Code, indices: Code): Code => [table, indices, simd(0x0e)],
  splat: (value: Code): Code => [value, simd(0x0f)],
  add: (left: Code, right: Code): Code => [left, right, simd(0x6e)],
} as const;

export const i16x8 = {
  splat: (value: Code): Code => [value, simd(0x10)],
  lt_s: (left: Code, right: Code): Code => [left, right, simd(0x2f)],
  ge_s: (left: Code, right: Code): Code => [left, right, simd(0x35)],
  q15mulr_sat_s: (left: Code, right: Code): Code => [left, right, simd(0x82)],
  bitmask: (value: Code): Code => [value, simd(0x84)],
  extend_low_i8x16_s: (value: Code): Code => [value, simd(0x87)],
  extend_high_i8x16_s: (value: Code): Code => [value, simd(0x88)],
  extend_low_i8x16_u: (value: Code): Code => [value, simd(0x89)],
  extend_high_i8x16_u: (value: Code): Code => [value, simd(0x8a)],
  shl: (value: Code, bits: Code): Code => [value, bits, simd(0x8b)],
  shr_u: (value: Code, bits: Code): Code => [value, bits, simd(0x8d)],
  add: (left: Code, right: Code): Code => [left, right, simd(0x8e)],
} as const;

export const i32x4 = {
  extract_lane: (value: Code, lane: number): Code => [value, simd(0x1b), lane],
  add: (left: Code, right: Code): Code => [left, right, simd(0xae)],
  dot_i16x8_s: (left: Code, right: Code): Code => [left, right, simd(0xba)],
} as const;
