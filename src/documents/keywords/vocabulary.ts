/** The words of the documents in one language, and the terms that they are looked up by. */
import { fold } from './fold';
import type { Language } from './languages';
import { partsOf } from './parts-of';

export class Vocabulary {
  readonly #language: Language;
  readonly #terms = new Map<string, number>();
  /** As written, so that each spelling is looked at closely only once. */
  readonly #known = new Map<string, readonly number[]>();

  constructor(language: Language) {
    this.#language = language;
  }

  get isEmpty(): boolean {
    return this.#terms.size === 0;
  }

  /**
   * Without those of stop words.
   * @param word as `scanWords` finds it
   * @param addTerm makes the number of a term that is new
   */
  termsOf(word: string, addTerm: () => number): readonly number[] {
    const known = this.#known.get(word);
    if (known) return known;
    const terms = partsOf(word)
      .flatMap((part) => this.#stemsOf(part))
      .map((stem) => {
        const term = this.#terms.get(stem) ?? addTerm();
        this.#terms.set(stem, term);
        return term;
      });
    this.#known.set(word, terms);
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
    this.#known.clear();
    for (const [stem, term] of this.#terms) {
      const renewed = numberOf(term);
      if (renewed === undefined) this.#terms.delete(stem);
      else this.#terms.set(stem, renewed);
    }
  }
}
