/** How often each term is in one chunk, while it is read. */
import { NumberList } from './number-list';

/** The lower half of a number counts in the text, the upper half in the headings. */
const inHeadings = 0x10000;
const most = 0xffff;

export class TermCounts {
  /** By term; 0 for all that this chunk does not have. */
  readonly #counts = new NumberList();
  readonly #seen: number[] = [];
  #length = 0;

  addText(terms: readonly number[]): void {
    for (const term of terms) {
      const before = this.#countOf(term);
      if ((before & most) < most) this.#counts.set(term, before + 1);
      this.#length++;
    }
  }

  addHeading(terms: readonly number[]): void {
    for (const term of terms) {
      const before = this.#countOf(term);
      if (before >>> 16 < most) this.#counts.set(term, before + inHeadings);
    }
  }

  /** Gives all to `visit` and forgets it. @returns how many terms the text had */
  take(visit: (term: number, textTimes: number, headingTimes: number) => void): number {
    for (const term of this.#seen) {
      const count = this.#counts.at(term);
      visit(term, count & most, count >>> 16);
      this.#counts.set(term, 0);
    }
    const length = this.#length;
    this.#seen.length = 0;
    this.#length = 0;
    return length;
  }

  #countOf(term: number): number {
    const missing = term + 1 - this.#counts.length;
    if (missing > 0) this.#counts.extend(missing);
    const count = this.#counts.at(term);
    if (count === 0) this.#seen.push(term);
    return count;
  }
}
