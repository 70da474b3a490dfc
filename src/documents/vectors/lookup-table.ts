/** The question as the scan needs it: for every four dimensions, what each of the 16 patterns of signs adds up to. */

export interface LookupTable {
  /** What one step of a sum is worth. */
  readonly step: number;
  /** The sum that stands for zero. */
  readonly offset: number;
  /** Bits that sums can be shifted left by without leaving 16 bits. */
  readonly shift: number;
}

/** The largest entry: eight of them are added up in a byte. */
const largestEntry = 31;
const largestSum = 32_767;

/** @param table is written: four bytes per dimension */
export function writeLookupTable(table: Uint8Array, question: Float32Array): LookupTable {
  const groups = question.length / 4;
  const most = Math.min(largestEntry, Math.floor(largestSum / groups));
  let [widest, reach] = [0, 0];
  for (let group = 0; group < groups; group++) {
    const width = widthOf(question, group);
    widest = Math.max(widest, width);
    reach += width;
  }
  const step = widest > 0 ? (2 * widest) / most : 1;
  for (let group = 0; group < groups; group++) {
    const width = widthOf(question, group);
    for (let pattern = 0; pattern < 16; pattern++) {
      let sum = width;
      for (let bit = 0; bit < 4; bit++) {
        const value = question[4 * group + bit] ?? 0;
        sum += (pattern >> bit) & 1 ? value : -value;
      }
      table[16 * group + pattern] = Math.round(sum / step);
    }
  }
  const offset = Math.round(reach / step);
  // Each entry may have been rounded up by a half.
  const furthest = offset + groups / 2 + 1;
  return { step, offset, shift: Math.max(0, Math.floor(Math.log2(largestSum / furthest))) };
}

function widthOf(question: Float32Array, group: number): number {
  let width = 0;
  for (let bit = 0; bit < 4; bit++) width += Math.abs(question[4 * group + bit] ?? 0);
  return width;
}
