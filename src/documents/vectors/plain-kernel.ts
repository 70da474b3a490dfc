/** The kernel in plain JavaScript, for browsers without SIMD or without WebAssembly at all. */
import { bins, type KernelMemory, type VectorKernel } from './vector-kernel';

/** Stands in for WebAssembly.Memory. Growing copies, so it grows by halves. */
export class PlainMemory implements KernelMemory {
  buffer = new ArrayBuffer(65_536);

  grow(pages: number): void {
    const { byteLength } = this.buffer;
    const grown = new ArrayBuffer(Math.max(byteLength + pages * 65_536, Math.ceil(byteLength * 1.5)));
    new Uint8Array(grown).set(new Uint8Array(this.buffer));
    this.buffer = grown;
  }
}

export function plainKernel(memory: KernelMemory): VectorKernel {
  return {
    memory,
    scan(codes, table, tableEnd, factors, scores, scoresEnd, offset, shift) {
      const bytes = new Uint8Array(memory.buffer);
      const rows = (scoresEnd - scores) / 2;
      const given = new Int16Array(memory.buffer, factors, rows);
      const out = new Int16Array(memory.buffer, scores, rows);
      const group = (tableEnd - table) / 2;
      for (let row = 0; row < rows; row++) {
        let code = codes + (row >> 4) * group + (row & 15);
        let sum = -offset;
        for (let lookup = table; lookup < tableEnd; lookup += 32, code += 16) {
          const byte = at(bytes, code);
          sum += at(bytes, lookup + (byte & 15)) + at(bytes, lookup + 16 + (byte >> 4));
        }
        // As the instruction `i16x8.q15mulr_sat_s` does it.
        out[row] = Math.min(32_767, ((sum << shift) * at(given, row) + 0x4000) >> 15);
      }
    },
    histogram(scores, scoresEnd, counts) {
      const out = new Uint32Array(memory.buffer, counts, bins.count);
      for (const score of new Int16Array(memory.buffer, scores, (scoresEnd - scores) / 2)) {
        const bin = Math.floor((score - bins.lowest) / bins.width);
        out[bin] = at(out, bin) + 1;
      }
    },
    collect(scores, scoresEnd, least, below, row, rows, rowsEnd) {
      const out = new Uint32Array(memory.buffer, rows, (rowsEnd - rows) / 4);
      let count = 0;
      for (const score of new Int16Array(memory.buffer, scores, (scoresEnd - scores) / 2)) {
        if (score >= least && score < below && count < out.length) out[count++] = row;
        row++;
      }
      return rows + 4 * count;
    },
    products(list, listEnd, question, questionEnd, products) {
      const addresses = new Uint32Array(memory.buffer, list, (listEnd - list) / 4);
      const asked = new Int16Array(memory.buffer, question, (questionEnd - question) / 2);
      const out = new Float32Array(memory.buffer, products, addresses.length);
      const dimensions = asked.length;
      for (const [index, address] of addresses.entries()) {
        const upper = new Int8Array(memory.buffer, address, dimensions);
        const lower = new Uint8Array(memory.buffer, address + dimensions, dimensions / 4);
        const [scale = 0] = new Float32Array(memory.buffer, address + 1.25 * dimensions, 1);
        let sum = 0;
        for (let place = 0; place < dimensions; place++) {
          const four = at(lower, (place >> 6) * 16 + (place & 15));
          const value = 4 * at(upper, place) + ((four >> (2 * ((place >> 4) & 3))) & 3);
          sum += value * at(asked, place);
        }
        out[index] = sum * scale;
      }
    },
  };
}

function at(values: Uint8Array | Int8Array | Int16Array | Uint32Array, index: number): number {
  return values[index] ?? 0;
}
