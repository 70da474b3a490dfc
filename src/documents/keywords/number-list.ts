/** A list of whole numbers from 0 to 2³² - 1 that grows, four bytes each. */

export class NumberList {
  #numbers = new Uint32Array(64);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** What is in it, to read until it grows. */
  get numbers(): Uint32Array {
    return this.#numbers;
  }

  at(place: number): number {
    return this.#numbers[place] ?? 0;
  }

  set(place: number, value: number): void {
    this.#numbers[place] = value;
  }

  clear(): void {
    this.#length = 0;
  }

  push(value: number): void {
    if (this.#length === this.#numbers.length) this.#grow(this.#length + 1);
    this.#numbers[this.#length++] = value;
  }

  /** Adds so many zeros. @returns where they begin */
  extend(many: number): number {
    const start = this.#length;
    if (start + many > this.#numbers.length) this.#grow(start + many);
    this.#length += many;
    return start;
  }

  #grow(least: number): void {
    const grown = new Uint32Array(Math.max(least, Math.ceil(this.#numbers.length * 1.5)));
    grown.set(this.#numbers);
    this.#numbers = grown;
  }
}
