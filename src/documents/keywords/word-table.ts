/** What is known of words, found without making a string of each occurrence. */

const leastSlots = 1024;

export class WordTable<Value> {
  /** Open addressing, in pairs: a hash, and the place of its word and 1, or 0. A power of two, at most half in use. */
  #slots = new Uint32Array(2 * leastSlots);
  readonly #words: string[] = [];
  readonly #values: Value[] = [];

  /** The value of `text.slice(start, end)`. @param hash 32 bits, as `scanSpans` tells */
  find(text: string, start: number, end: number, hash: number): Value | undefined {
    const slots = this.#slots;
    const last = slots.length - 2;
    for (let slot = (hash << 1) & last; ; slot = (slot + 2) & last) {
      const place = (slots[slot + 1] ?? 0) - 1;
      if (place < 0) return undefined;
      if (slots[slot] === hash && this.#isAt(place, text, start, end)) return this.#values[place];
    }
  }

  /** @param word not in it yet */
  add(word: string, hash: number, value: Value): void {
    if (this.#words.length * 4 >= this.#slots.length) this.#grow();
    this.#words.push(word);
    this.#values.push(value);
    this.#take(hash, this.#words.length);
  }

  #isAt(place: number, text: string, start: number, end: number): boolean {
    const word = this.#words[place] ?? '';
    if (word.length !== end - start) return false;
    for (let at = 0; at < word.length; at++) {
      if (word.charCodeAt(at) !== text.charCodeAt(start + at)) return false;
    }
    return true;
  }

  #take(hash: number, entry: number): void {
    const last = this.#slots.length - 2;
    let slot = (hash << 1) & last;
    while (this.#slots[slot + 1] !== 0) slot = (slot + 2) & last;
    this.#slots[slot] = hash;
    this.#slots[slot + 1] = entry;
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Uint32Array(before.length * 2);
    for (let slot = 0; slot < before.length; slot += 2) {
      const entry = before[slot + 1] ?? 0;
      if (entry !== 0) this.#take(before[slot] ?? 0, entry);
    }
  }
}
