/** What is known of words, found without making a string of each occurrence. */

const leastSlots = 1024;

export class WordTable<Value> {
  /** Open addressing: the place of a word and 1, or 0. A power of two of them, at most half in use. */
  #slots = new Int32Array(leastSlots);
  readonly #hashes: number[] = [];
  readonly #words: string[] = [];
  readonly #values: Value[] = [];

  /** The value of `text.slice(start, end)`. @param hash as `scanSpans` tells */
  find(text: string, start: number, end: number, hash: number): Value | undefined {
    const slots = this.#slots;
    const last = slots.length - 1;
    for (let slot = hash & last; ; slot = (slot + 1) & last) {
      const place = (slots[slot] ?? 0) - 1;
      if (place < 0) return undefined;
      if (this.#hashes[place] === hash && this.#isAt(place, text, start, end)) return this.#values[place];
    }
  }

  /** @param word not in it yet */
  add(word: string, hash: number, value: Value): void {
    if (this.#words.length * 2 >= this.#slots.length) this.#grow();
    this.#words.push(word);
    this.#hashes.push(hash);
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
    const last = this.#slots.length - 1;
    let slot = hash & last;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & last;
    this.#slots[slot] = entry;
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    this.#hashes.forEach((hash, place) => this.#take(hash, place + 1));
  }
}
