/**
 * For each term a list of numbers, in one block of memory: a list is a chain of slices, each twice as long as the one
 * before, whose last place leads to the next (Büttcher, Clarke, Cormack: Information Retrieval, 2010, 4.5).
 */
import { NumberList } from './number-list';

const secondSlice = 4;
const longestSlice = 1 << 14;

/** What is known of a list, side by side so that it is met in one line of the processor's cache. */
const fields = 8;
const shift = 3;
const [first, next, left, slice, size] = [0, 1, 2, 3, 4];

export class PostingLists {
  readonly #pool = new NumberList();
  /** By term: where its first slice begins, where the next number goes, how many places are left, length of slice and list. */
  readonly #lists = new NumberList();

  /** How many terms there are. */
  get terms(): number {
    return this.#lists.length >>> shift;
  }

  /** @returns the new term: they count from 0 */
  addTerm(): number {
    const start = this.#pool.extend(1);
    const list = this.#lists.extend(fields);
    this.#lists.set(list + first, start);
    this.#lists.set(list + next, start);
    this.#lists.set(list + left, 1);
    this.#lists.set(list + slice, 1);
    return list >>> shift;
  }

  /** @param value 0 to 2³² - 1 */
  add(term: number, value: number): void {
    const list = term << shift;
    if (this.#lists.at(list + left) === 0) this.#chain(list);
    const place = this.#lists.at(list + next);
    this.#pool.set(place, value);
    this.#lists.set(list + next, place + 1);
    this.#lists.set(list + left, this.#lists.at(list + left) - 1);
    this.#lists.set(list + size, this.#lists.at(list + size) + 1);
  }

  count(term: number): number {
    return this.#lists.at((term << shift) + size);
  }

  /** The number that was added last; undefined where there is none. */
  last(term: number): number | undefined {
    const list = term << shift;
    return this.#lists.at(list + size) === 0 ? undefined : this.#pool.at(this.#lists.at(list + next) - 1);
  }

  /** Puts another in its place. */
  setLast(term: number, value: number): void {
    this.#pool.set(this.#lists.at((term << shift) + next) - 1, value);
  }

  /** @param into takes the numbers in the order of adding; at least as long as `count` says */
  read(term: number, into: Uint32Array): void {
    const pool = this.#pool.numbers;
    let rest = this.count(term);
    let place = this.#lists.at((term << shift) + first);
    let length = 1;
    let at = 0;
    while (rest > length) {
      into.set(pool.subarray(place, place + length - 1), at);
      at += length - 1;
      rest -= length - 1;
      place = pool[place + length - 1] ?? 0;
      length = sliceAfter(length);
    }
    into.set(pool.subarray(place, place + rest), at);
  }

  /** The last number moves into the new slice, and its place says where that is. */
  #chain(list: number): void {
    const length = sliceAfter(this.#lists.at(list + slice));
    const last = this.#lists.at(list + next) - 1;
    const start = this.#pool.extend(length);
    this.#pool.set(start, this.#pool.at(last));
    this.#pool.set(last, start);
    this.#lists.set(list + next, start + 1);
    this.#lists.set(list + left, length - 1);
    this.#lists.set(list + slice, length);
  }
}

function sliceAfter(length: number): number {
  return length === 1 ? secondSlice : Math.min(length * 2, longestSlice);
}
