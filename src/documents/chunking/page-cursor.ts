/** Which page an offset is on, for offsets that come in order. */
import type { PageStarts } from '../../core/document';

export class PageCursor {
  readonly #starts: PageStarts | undefined;
  #page = 0;

  constructor(starts: PageStarts | undefined) {
    this.#starts = starts;
  }

  /**
   * @param offset not before the one asked for last
   * @returns from 1; undefined where there are no pages, or it is before the first
   */
  pageOf(offset: number): number | undefined {
    const starts = this.#starts ?? [];
    // Of pages that begin at the same place all but the last are empty.
    while ((starts[this.#page] ?? Infinity) <= offset) this.#page++;
    return this.#page > 0 ? this.#page : undefined;
  }
}
