/** As one would write it first: every product in JavaScript, four sums at a time. */
import { BestRows } from '../../../../src/documents/vectors/best-rows';
import type { MakeSubject } from './subject';

export const plain: MakeSubject = (vectors, dimensions) =>
  Promise.resolve({
    bytes: vectors.byteLength,
    search(question, limit) {
      const best = new BestRows(limit);
      for (let row = 0, start = 0; start < vectors.length; row++, start += dimensions) {
        let [a, b, c, d] = [0, 0, 0, 0];
        for (let place = 0; place < dimensions; place += 4) {
          a += (question[place] ?? 0) * (vectors[start + place] ?? 0);
          b += (question[place + 1] ?? 0) * (vectors[start + place + 1] ?? 0);
          c += (question[place + 2] ?? 0) * (vectors[start + place + 2] ?? 0);
          d += (question[place + 3] ?? 0) * (vectors[start + place + 3] ?? 0);
        }
        best.offer(row, a + b + c + d);
      }
      return [...best.rows];
    },
  });
