/** Ends an answer exactly before a stop string, also when it comes in pieces. */

export class StopStrings {
  /** A stop string came: everything after it is not part of the answer. */
  isStopped = false;
  #held = '';

  constructor(private readonly stops: readonly string[]) {}

  /** @returns what can be shown now; an end that may become a stop string is held back */
  push(text: string): string {
    if (this.isStopped) return '';
    this.#held += text;
    const found = this.stops
      .map((stop) => this.#held.indexOf(stop))
      .filter((index) => index >= 0)
      .reduce((first, index) => Math.min(first, index), Infinity);
    if (found < Infinity) {
      this.isStopped = true;
      return this.#release(found);
    }
    return this.#release(this.#held.length - this.#heldLength());
  }

  /** What was held back and turned out to be no stop string. */
  finish(): string {
    return this.isStopped ? '' : this.#release(this.#held.length);
  }

  #release(length: number): string {
    const shown = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    return shown;
  }

  /** Length of the longest end of the text that a stop string may begin with. */
  #heldLength(): number {
    const longest = Math.max(0, ...this.stops.map((stop) => stop.length - 1));
    for (let length = Math.min(longest, this.#held.length); length > 0; length--) {
      const end = this.#held.slice(-length);
      if (this.stops.some((stop) => stop.startsWith(end))) return length;
    }
    return 0;
  }
}
