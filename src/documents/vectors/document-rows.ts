/** Which rows belong to which document: those of one lie next to each other, in the order of its chunks. */

export interface Run {
  /** First row. */
  start: number;
  /** The first one behind. */
  end: number;
}

interface Extent extends Run {
  readonly documentId: string;
}

export class DocumentRows {
  /** Rows that are taken, those of removed documents among them. */
  used = 0;
  /** Rows of removed documents. */
  dead = 0;
  #extents = new Map<string, Extent>();
  /** In the order of rows; absent after a change. */
  #sorted: readonly Extent[] | undefined;
  #runs: readonly Run[] | undefined;

  get live(): number {
    return this.used - this.dead;
  }

  extentOf(documentId: string): Readonly<Run> | undefined {
    return this.#extents.get(documentId);
  }

  /** @returns the first of its rows */
  add(documentId: string, count: number): number {
    const start = this.used;
    this.used += count;
    this.#extents.set(documentId, { documentId, start, end: this.used });
    this.#changed();
    return start;
  }

  remove(documentId: string): void {
    const extent = this.#extents.get(documentId);
    if (!extent) return;
    this.#extents.delete(documentId);
    this.dead += extent.end - extent.start;
    this.#changed();
  }

  /** Runs of rows that are alive, and of documents that are accepted, in order. */
  runs(accepts?: (documentId: string) => boolean): readonly Run[] {
    if (!accepts) return (this.#runs ??= merged(this.#inOrder()));
    return merged(this.#inOrder().filter(({ documentId }) => accepts(documentId)));
  }

  /** @param row one that is alive */
  placeOf(row: number): { documentId: string; chunk: number } {
    const sorted = this.#inOrder();
    let [low, high] = [0, sorted.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((sorted[middle]?.start ?? Infinity) <= row) low = middle;
      else high = middle - 1;
    }
    const extent = sorted[low];
    if (!extent || row < extent.start || row >= extent.end)
      throw new RangeError(`No document has row ${row}.`);
    return { documentId: extent.documentId, chunk: row - extent.start };
  }

  /** Closes the gaps. @param move has to copy rows; called with growing numbers, always towards the start */
  compact(move: (from: number, to: number, count: number) => void): void {
    let next = 0;
    for (const extent of this.#inOrder()) {
      const count = extent.end - extent.start;
      if (extent.start !== next) move(extent.start, next, count);
      extent.start = next;
      next += count;
      extent.end = next;
    }
    this.used = next;
    this.dead = 0;
    this.#changed();
  }

  #inOrder(): readonly Extent[] {
    // A Map goes in the order of adding, which is that of rows.
    return (this.#sorted ??= [...this.#extents.values()]);
  }

  #changed(): void {
    this.#sorted = undefined;
    this.#runs = undefined;
  }
}

function merged(extents: readonly Run[]): readonly Run[] {
  const runs: Run[] = [];
  for (const { start, end } of extents) {
    const last = runs.at(-1);
    if (last?.end === start) last.end = end;
    else if (start < end) runs.push({ start, end });
  }
  return runs;
}
