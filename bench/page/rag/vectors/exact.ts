/** Every product in 32-bit floats, by WebAssembly with SIMD: as fast as memory can be read, more or less. */
import { BestRows } from '../../../../src/documents/vectors/best-rows';
import {
  assembleModule,
  type Code,
  type Local,
  unsigned,
  wasmFunction,
} from '../../../../src/documents/vectors/wasm/assembler';
import { f32, i32, repeatWhile, v128 } from '../../../../src/documents/vectors/wasm/instructions';
import type { MakeSubject } from './subject';

const simd = (opcode: number): Code => [0xfd, unsigned(opcode)];
const add = (left: Code, right: Code): Code => [left, right, simd(0xe4)];
const multiply = (left: Code, right: Code): Code => [left, right, simd(0xe6)];
const laneOf = (value: Code, lane: number): Code => [value, simd(0x1f), lane];
const advance = (local: Local, bytes: number): Code => local.set(i32.add(local.get, i32.const(bytes)));

const products = wasmFunction(
  'products',
  { question: 'i32', questionEnd: 'i32', vectors: 'i32', out: 'i32', outEnd: 'i32' },
  { asked: 'i32', a: 'v128', b: 'v128', c: 'v128', d: 'v128' },
  ({ question, questionEnd, vectors, out, outEnd, asked, a, b, c, d }) => {
    const sums = [a, b, c, d];
    const step = (sum: Local, place: number): Code =>
      sum.set(add(sum.get, multiply(v128.load(asked.get, place), v128.load(vectors.get, place))));
    const lanes = [0, 1, 2, 3].map((lane) => laneOf(a.get, lane));
    return repeatWhile(
      i32.lt_u(out.get, outEnd.get),
      sums.map((sum) => sum.set(v128.zero)),
      asked.set(question.get),
      repeatWhile(
        i32.lt_u(asked.get, questionEnd.get),
        sums.map((sum, index) => step(sum, 16 * index)),
        advance(asked, 64),
        advance(vectors, 64),
      ),
      a.set(add(add(a.get, b.get), add(c.get, d.get))),
      f32.store(
        out.get,
        lanes.reduce((sum, lane) => f32.add(sum, lane)),
      ),
      advance(out, 4),
    );
  },
);

type Products = (question: number, questionEnd: number, vectors: number, out: number, outEnd: number) => void;

export const exact: MakeSubject = async (vectors, dimensions) => {
  const rows = vectors.length / dimensions;
  const first = 4 * dimensions;
  const out = first + vectors.byteLength;
  const memory = new WebAssembly.Memory({ initial: Math.ceil((out + 4 * rows) / 65_536) });
  const module = assembleModule([products]);
  const { instance } = await WebAssembly.instantiate(module, { page: { memory } });
  const scan = instance.exports.products as Products;
  new Float32Array(memory.buffer, first).set(vectors);
  return {
    bytes: vectors.byteLength,
    search(question, limit) {
      new Float32Array(memory.buffer).set(question);
      scan(0, first, first, out, out + 4 * rows);
      const best = new BestRows(limit);
      const scores = new Float32Array(memory.buffer, out, rows);
      for (let row = 0; row < rows; row++) {
        const score = scores[row] ?? 0;
        if (score > best.least) best.offer(row, score);
      }
      return [...best.rows];
    },
  };
};
