/** Times in seconds, counted by upper bounds that a person waits for: from a warm cache to a cold model. */
const upperBounds = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300] as const;

export class Histogram {
  /** Of each bound alone, and at the end of what is beyond all. */
  readonly #counts = new Array<number>(upperBounds.length + 1).fill(0);
  #sum = 0;

  add(seconds: number): void {
    const place = upperBounds.findIndex((bound) => seconds <= bound);
    const index = place < 0 ? upperBounds.length : place;
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.#sum += seconds;
  }

  /** In Prometheus' text form, where each bucket contains the ones below it. */
  lines(name: string, labels: string): string[] {
    let total = 0;
    const buckets = this.#counts.map((count, index) => {
      total += count;
      return `${name}_bucket{${labels},le="${upperBounds[index] ?? '+Inf'}"} ${total}`;
    });
    return [...buckets, `${name}_sum{${labels}} ${this.#sum}`, `${name}_count{${labels}} ${total}`];
  }
}
