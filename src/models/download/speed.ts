/** Bytes per second over the last few seconds, and the time that the rest will take. */

/** Milliseconds: long enough to be steady, short enough to follow a change. */
const span = 5000;

export class Speed {
  #samples: { readonly at: number; readonly loaded: number }[] = [];

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** @returns nothing until there is something to compare with */
  measure(loaded: number, total: number): { bytesPerSecond?: number; secondsLeft?: number } {
    const at = this.now();
    this.#samples.push({ at, loaded });
    while (this.#samples.length > 2 && at - (this.#samples[0]?.at ?? at) > span) this.#samples.shift();
    const first = this.#samples[0];
    if (!first || at - first.at < 200) return {};
    const bytesPerSecond = ((loaded - first.loaded) / (at - first.at)) * 1000;
    return bytesPerSecond > 0 ? { bytesPerSecond, secondsLeft: (total - loaded) / bytesPerSecond } : {};
  }
}
