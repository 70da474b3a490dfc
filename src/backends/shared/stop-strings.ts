/** Ends an answer exactly before a stop string, also when it comes in pieces. */
import { heldLength } from '../shared/held-length';

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
    return this.#release(this.#held.length - heldLength(this.#held, this.stops));
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
}
