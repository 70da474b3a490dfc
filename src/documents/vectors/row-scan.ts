/** One look at all rows that are wanted: estimates of how near they are, and which of them lie between two estimates. */
import type { Run } from './document-rows';
import { writeLookupTable } from './lookup-table';
import type { Question } from './question';
import { groupRows, scoreUnit } from './row-format';
import { listRows, type RowStore, segmentRows } from './row-store';
import { bins, type VectorKernel } from './vector-kernel';

/** A segment with rows that are wanted. */
interface Part {
  /** Number of its first row. */
  readonly start: number;
  readonly runs: Run[];
  readonly scores: number;
  readonly scoresEnd: number;
}

export class RowScan {
  /** What a step of an estimate is worth, as a product with the difference from the centre. */
  readonly unit: number;
  readonly #parts: readonly Part[];

  /** @param runs rows that are wanted, in order */
  constructor(
    private readonly kernel: VectorKernel,
    private readonly store: RowStore,
    question: Question,
    runs: readonly Run[],
    used: number,
  ) {
    this.#parts = partsOf(store, runs, used);
    const { table, tableEnd } = store.scratch;
    const values = new Uint8Array(kernel.memory.buffer, table, tableEnd - table);
    const { step, offset, shift } = writeLookupTable(values, question.vector);
    this.unit = (step * scoreUnit(store.format.dimensions)) / 2 ** shift;
    this.#counts.fill(0);
    for (const part of this.#parts) this.#estimate(part, offset, shift);
  }

  /** The estimate above which there are at least `count` rows, or all that are wanted. */
  leastOf(count: number): number {
    return this.#least((sum) => sum < count);
  }

  /** The estimate above which there are at most `count` rows. */
  leastWithin(count: number): number {
    return this.#least((sum, next) => sum + next <= count);
  }

  /** @returns numbers of the rows with least ≤ estimate < below, at most as many as a list holds */
  collect(least: number, below: number): Uint32Array {
    const { products } = this.store.scratch;
    const end = products + 4 * listRows;
    let next = products;
    for (const { start, scores, scoresEnd } of this.#parts) {
      next = this.kernel.collect(scores, scoresEnd, least, below, start, next, end);
    }
    // The place is needed for what comes of them.
    return new Uint32Array(this.kernel.memory.buffer, products, (next - products) / 4).slice();
  }

  get #counts(): Uint32Array {
    return new Uint32Array(this.kernel.memory.buffer, this.store.scratch.bins, bins.count);
  }

  #estimate({ start, runs, scores, scoresEnd }: Part, offset: number, shift: number): void {
    const { table, tableEnd, bins: counts } = this.store.scratch;
    const segment = this.store.segmentAt(start);
    this.kernel.scan(segment.codes, table, tableEnd, segment.factors, scores, scoresEnd, offset, shift);
    // Rows that are not wanted get an estimate that is never collected.
    const all = new Int16Array(this.kernel.memory.buffer, scores, (scoresEnd - scores) / 2);
    let next = start;
    for (const run of runs) {
      all.fill(bins.lowest, next - start, run.start - start);
      next = run.end;
    }
    all.fill(bins.lowest, next - start);
    this.kernel.histogram(scores, scoresEnd, counts);
  }

  #least(goesOn: (sum: number, next: number) => boolean): number {
    const counts = this.#counts;
    let sum = 0;
    let bin = bins.count;
    for (; bin > 0 && goesOn(sum, counts[bin - 1] ?? 0); bin--) sum += counts[bin - 1] ?? 0;
    return Math.max(bins.lowest + 1, bins.lowest + bin * bins.width);
  }
}

function partsOf(store: RowStore, runs: readonly Run[], used: number): Part[] {
  const parts: Part[] = [];
  for (const run of runs) {
    for (let row = run.start; row < run.end;) {
      const start = row - (row % segmentRows);
      const end = Math.min(run.end, start + segmentRows);
      const last = parts.at(-1);
      if (last?.start === start) {
        last.runs.push({ start: row, end });
      } else {
        const { scores } = store.segmentAt(start);
        const rows = Math.min(segmentRows, Math.ceil((used - start) / groupRows) * groupRows);
        parts.push({ start, runs: [{ start: row, end }], scores, scoresEnd: scores + 2 * rows });
      }
      row = end;
    }
  }
  return parts;
}
