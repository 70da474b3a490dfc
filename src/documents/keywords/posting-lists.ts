/**
 * For each term a list of numbers, in one block of memory: a list is a chain of slices, each twice as long as the one
 * before, whose last place leads to the next (Büttcher, Clarke, Cormack: Information Retrieval, 2010, 4.5).
 */
import { NumberList } from './number-list';

const secondSlice = 4;
const longestSlice = 1 << 14;

export class PostingLists {
  readonly #pool = new NumberList();
  /** By term: where its first slice begins, where the next number goes, how many places are left, how long the slice is. */
  readonly #first = new NumberList();
  readonly #next = new NumberList();
  readonly #left = new NumberList();
  readonly #slice = new NumberList();
  readonly #counts = new NumberList();

  /** How many terms there are. */
  get terms(): number {
    return this.#counts.length;
  }

  /** @returns the new term: they count from 0 */
  addTerm(): number {
    const start = this.#pool.extend(1);
    this.#first.push(start);
    this.#next.push(start);
    this.#left.push(1);
    this.#slice.push(1);
    this.#counts.push(0);
    return this.#counts.length - 1;
  }

  /** @param value 0 to 2³² - 1 */
  add(term: number, value: number): void {
    if (this.#left.at(term) === 0) this.#chain(term);
    const place = this.#next.at(term);
    this.#pool.set(place, value);
    this.#next.set(term, place + 1);
    this.#left.set(term, this.#left.at(term) - 1);
    this.#counts.set(term, this.#counts.at(term) + 1);
  }

  count(term: number): number {
    return this.#counts.at(term);
  }

  /** @param into takes the numbers in the order of adding; at least as long as `count` says */
  read(term: number, into: Uint32Array): void {
    const pool = this.#pool.numbers;
    let left = this.#counts.at(term);
    let place = this.#first.at(term);
    let slice = 1;
    let at = 0;
    while (left > slice) {
      into.set(pool.subarray(place, place + slice - 1), at);
      at += slice - 1;
      left -= slice - 1;
      place = pool[place + slice - 1] ?? 0;
      slice = sliceAfter(slice);
    }
    into.set(pool.subarray(place, place + left), at);
  }

  /** The last number moves into the new slice, and its place says where that is. */
  #chain(term: number): void {
    const slice = sliceAfter(this.#slice.at(term));
    const last = this.#next.at(term) - 1;
    const start = this.#pool.extend(slice);
    this.#pool.set(start, this.#pool.at(last));
    this.#pool.set(last, start);
    this.#next.set(term, start + 1);
    this.#left.set(term, slice - 1);
    this.#slice.set(term, slice);
  }
}

function sliceAfter(slice: number): number {
  return slice === 1 ? secondSlice : Math.min(slice * 2, longestSlice);
}
