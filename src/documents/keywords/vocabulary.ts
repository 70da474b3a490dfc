/** The words of the documents in one language, and the terms that they are looked up by. */
import { fold } from './fold';
import type { Language } from './languages';
import { partsOf } from './parts-of';
import { scanSpans } from './scan-words';
import { WordTable } from './word-table';

export class Vocabulary {
  readonly #language: Language;
  readonly #terms = new Map<string, number>();
  /** As written, so that each spelling is looked at closely only once. */
  #known = new WordTable<readonly number[]>();

  constructor(language: Language) {
    this.#language = language;
  }

  get isEmpty(): boolean {
    return this.#terms.size === 0;
  }

  /**
   * Calls `visit` with the terms of each word of a text that is no stop word, in order.
   * @param addTerm makes the number of a term that is new
   */
  scan(text: string, addTerm: () => number, visit: (terms: readonly number[]) => void): void {
    scanSpans(text, (start, end, hash) => {
      const known = this.#known.find(text, start, end, hash);
      visit(known ?? this.#learn(text.slice(start, end), hash, addTerm));
    });
  }

  #learn(word: string, hash: number, addTerm: () => number): readonly number[] {
    const stems = partsOf(word).flatMap((part) => this.#stemsOf(part));
    const terms = stems.map((stem) => {
      const term = this.#terms.get(stem) ?? addTerm();
      this.#terms.set(stem, term);
      return term;
    });
    this.#known.add(word, hash, terms);
    return terms;
  }

  /** Terms that a document has. @param part one of `partsOf` */
  knownTermsOf(part: string): number[] {
    return this.#stemsOf(part)
      .map((stem) => this.#terms.get(stem))
      .filter((term) => term !== undefined);
  }

  #stemsOf(part: string): readonly string[] {
    const { stopWords } = this.#language;
    return stopWords.has(fold(part)) ? [] : this.#language.stemsOf(part);
  }

  /** @param numberOf the new number of a term, undefined where it is gone */
  renumber(numberOf: (term: number) => number | undefined): void {
    this.#known = new WordTable();
    for (const [stem, term] of this.#terms) {
      const renewed = numberOf(term);
      if (renewed === undefined) this.#terms.delete(stem);
      else this.#terms.set(stem, renewed);
    }
  }
}
