/** How often each term is in one chunk, while it is read. */
import { NumberList } from './number-list';

export class TermCounts {
  /** By term; 0 for all that this chunk does not have. */
  readonly #text = new NumberList();
  readonly #headings = new NumberList();
  readonly #seen: number[] = [];
  #length = 0;

  addText(terms: readonly number[]): void {
    for (const term of terms) {
      this.#see(term);
      this.#text.set(term, this.#text.at(term) + 1);
      this.#length++;
    }
  }

  addHeading(terms: readonly number[]): void {
    for (const term of terms) {
      this.#see(term);
      this.#headings.set(term, this.#headings.at(term) + 1);
    }
  }

  /** Gives all to `visit` and forgets it. @returns how many terms the text had */
  take(visit: (term: number, textTimes: number, headingTimes: number) => void): number {
    for (const term of this.#seen) {
      visit(term, this.#text.at(term), this.#headings.at(term));
      this.#text.set(term, 0);
      this.#headings.set(term, 0);
    }
    const length = this.#length;
    this.#seen.length = 0;
    this.#length = 0;
    return length;
  }

  #see(term: number): void {
    const missing = term + 1 - this.#text.length;
    if (missing > 0) {
      this.#text.extend(missing);
      this.#headings.extend(missing);
    }
    if (this.#text.at(term) === 0 && this.#headings.at(term) === 0) this.#seen.push(term);
  }
}
