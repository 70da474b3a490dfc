/** The kernel of the vector search as a WebAssembly module with 128-bit SIMD; `VectorKernel` says what each does. */
import { bins } from '../vector-kernel';
import { assembleModule, type Code, type Local, wasmFunction } from './assembler';
import { f32, f64, i16x8, i32, i32x4, i64, i8x16, leave, repeatWhile, v128, when } from './instructions';

const advance = (local: Local, bytes: number): Code => local.set(i32.add(local.get, i32.const(bytes)));

/** Sum of the values that four bytes of the codes of 16 rows stand for: eight times at most 31, so that it fits a byte. */
function lookUpFourBytes(codes: Local, lookup: Local, mask: Local): Code {
  const values = [0, 1, 2, 3].flatMap((byte) => {
    const code = v128.load(codes.get, 16 * byte);
    const low = v128.and(code, mask.get);
    const high = v128.and(i16x8.shr_u(code, i32.const(4)), mask.get);
    return [
      i8x16.swizzle(v128.load(lookup.get, 32 * byte), low),
      i8x16.swizzle(v128.load(lookup.get, 32 * byte + 16), high),
    ];
  });
  return values.reduce((sum, value) => i8x16.add(sum, value));
}

const scan = wasmFunction(
  'scan',
  {
    codes: 'i32',
    table: 'i32',
    tableEnd: 'i32',
    factors: 'i32',
    scores: 'i32',
    scoresEnd: 'i32',
    offset: 'i32',
    shift: 'i32',
  },
  { lookup: 'i32', mask: 'v128', sums: 'v128', low: 'v128', high: 'v128' },
  ({ codes, table, tableEnd, factors, scores, scoresEnd, offset, shift, lookup, mask, sums, low, high }) => {
    const store = (sum: Local, place: number): Code =>
      v128.store(
        scores.get,
        i16x8.q15mulr_sat_s(i16x8.shl(sum.get, shift.get), v128.load(factors.get, place)),
        place,
      );
    return [
      mask.set(i8x16.splat(i32.const(0x0f))),
      offset.set(i32.sub(i32.const(0), offset.get)),
      repeatWhile(
        i32.lt_u(scores.get, scoresEnd.get),
        low.set(i16x8.splat(offset.get)),
        high.set(low.get),
        lookup.set(table.get),
        repeatWhile(
          i32.lt_u(lookup.get, tableEnd.get),
          sums.set(lookUpFourBytes(codes, lookup, mask)),
          low.set(i16x8.add(low.get, i16x8.extend_low_i8x16_u(sums.get))),
          high.set(i16x8.add(high.get, i16x8.extend_high_i8x16_u(sums.get))),
          advance(codes, 64),
          advance(lookup, 128),
        ),
        store(low, 0),
        store(high, 16),
        advance(factors, 32),
        advance(scores, 32),
      ),
    ];
  },
);

const histogram = wasmFunction(
  'histogram',
  { scores: 'i32', scoresEnd: 'i32', counts: 'i32' },
  { bin: 'i32' },
  ({ scores, scoresEnd, counts, bin }) => {
    // Two bits fewer than the width of a bin: its count takes four bytes.
    const bits = Math.log2(bins.width);
    const toCount = (score: Code): Code =>
      i32.add(
        counts.get,
        i32.shl(i32.shr_s(i32.sub(score, i32.const(bins.lowest)), i32.const(bits)), i32.const(2)),
      );
    const count = (place: number): Code => [
      bin.set(toCount(i32.load16_s(scores.get, place))),
      i32.store(bin.get, i32.add(i32.load(bin.get), i32.const(1))),
    ];
    return repeatWhile(
      i32.lt_u(scores.get, scoresEnd.get),
      [0, 2, 4, 6, 8, 10, 12, 14].map(count),
      advance(scores, 16),
    );
  },
);

const collect = wasmFunction(
  'collect',
  {
    scores: 'i32',
    scoresEnd: 'i32',
    least: 'i32',
    below: 'i32',
    row: 'i32',
    rows: 'i32',
    rowsEnd: 'i32',
  },
  { eight: 'v128', from: 'v128', until: 'v128', found: 'i32' },
  ({ scores, scoresEnd, least, below, row, rows, rowsEnd, eight, from, until, found }) => [
    from.set(i16x8.splat(least.get)),
    until.set(i16x8.splat(below.get)),
    repeatWhile(
      i32.lt_u(scores.get, scoresEnd.get),
      eight.set(v128.load(scores.get)),
      found.set(i16x8.bitmask(v128.and(i16x8.ge_s(eight.get, from.get), i16x8.lt_s(eight.get, until.get)))),
      when(
        found.get,
        repeatWhile(
          found.get,
          when(i32.ge_u(rows.get, rowsEnd.get), leave(rows.get)),
          i32.store(rows.get, i32.add(row.get, i32.ctz(found.get))),
          advance(rows, 4),
          found.set(i32.and(found.get, i32.sub(found.get, i32.const(1)))),
        ),
      ),
      advance(scores, 16),
      advance(row, 8),
    ),
    rows.get,
  ],
  'i32',
);

const products = wasmFunction(
  'products',
  { list: 'i32', listEnd: 'i32', question: 'i32', questionEnd: 'i32', out: 'i32' },
  {
    upper: 'i32',
    lower: 'i32',
    asked: 'i32',
    two: 'v128',
    bits: 'v128',
    eight: 'v128',
    sums: 'v128',
    more: 'v128',
  },
  ({ list, listEnd, question, questionEnd, out, upper, lower, asked, two, bits, eight, sums, more }) => {
    const sixteen = (step: number): Code => {
      const low = v128.and(i16x8.shr_u(two.get, i32.const(2 * step)), bits.get);
      const whole = (high: Code, rest: Code): Code => i16x8.add(i16x8.shl(high, i32.const(2)), rest);
      const times = (values: Code, place: number): Code =>
        i32x4.dot_i16x8_s(values, v128.load(asked.get, place));
      const first = whole(
        i16x8.extend_low_i8x16_s(v128.load(upper.get, 16 * step)),
        i16x8.extend_low_i8x16_u(eight.get),
      );
      const second = whole(
        i16x8.extend_high_i8x16_s(v128.load(upper.get, 16 * step)),
        i16x8.extend_high_i8x16_u(eight.get),
      );
      return [
        eight.set(low),
        sums.set(i32x4.add(sums.get, times(first, 32 * step))),
        more.set(i32x4.add(more.get, times(second, 32 * step + 16))),
      ];
    };
    const lane = (index: number): Code => i64.extend_i32_s(i32x4.extract_lane(sums.get, index));
    const total = [lane(1), lane(2), lane(3)].reduce((sum, one) => i64.add(sum, one), lane(0));
    return [
      bits.set(i8x16.splat(i32.const(3))),
      repeatWhile(
        i32.lt_u(list.get, listEnd.get),
        upper.set(i32.load(list.get)),
        // The lower bits follow the upper ones, which take half as many bytes as the question.
        lower.set(i32.add(upper.get, i32.shr_s(i32.sub(questionEnd.get, question.get), i32.const(1)))),
        asked.set(question.get),
        sums.set(v128.zero),
        more.set(v128.zero),
        repeatWhile(
          i32.lt_u(asked.get, questionEnd.get),
          two.set(v128.load(lower.get)),
          [0, 1, 2, 3].map(sixteen),
          advance(upper, 64),
          advance(lower, 16),
          advance(asked, 128),
        ),
        sums.set(i32x4.add(sums.get, more.get)),
        f32.store(
          out.get,
          // The scale follows the lower bits.
          f32.demote_f64(f64.mul(f64.convert_i64_s(total), f64.promote_f32(f32.load(lower.get)))),
        ),
        advance(list, 4),
        advance(out, 4),
      ),
    ];
  },
);

export function kernelModule(): Uint8Array<ArrayBuffer> {
  return assembleModule([scan, histogram, collect, products]);
}
