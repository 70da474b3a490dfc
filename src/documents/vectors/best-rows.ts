/** Keeps the best of many rows, in order; of equal ones the earlier row. */
export class BestRows {
  readonly rows: Uint32Array;
  readonly scores: Float32Array;
  count = 0;

  constructor(readonly limit: number) {
    this.rows = new Uint32Array(limit);
    this.scores = new Float32Array(limit);
  }

  /** Of the worst that is kept; anything is better while there is room. */
  get least(): number {
    return this.count < this.limit ? -Infinity : (this.scores[this.limit - 1] ?? -Infinity);
  }

  offer(row: number, score: number): void {
    if (this.limit === 0) return;
    if (this.count === this.limit && !this.#isBetter(row, score, this.limit - 1)) return;
    let [low, high] = [0, this.count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#isBetter(row, score, middle)) high = middle;
      else low = middle + 1;
    }
    if (this.count < this.limit) this.count++;
    this.rows.copyWithin(low + 1, low, this.count - 1);
    this.scores.copyWithin(low + 1, low, this.count - 1);
    this.rows[low] = row;
    this.scores[low] = score;
  }

  #isBetter(row: number, score: number, place: number): boolean {
    const other = this.scores[place] ?? 0;
    return score > other || (score === other && row < (this.rows[place] ?? 0));
  }
}
