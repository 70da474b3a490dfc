/** The words of the documents in one language, and the terms that they are looked up by. */
import { fold } from './fold';
import type { Language } from './languages';
import { NumberList } from './number-list';
import { partsOf } from './parts-of';
import { scanSpans, spanNumbers } from './scan-words';
import { WordTable } from './word-table';

export class Vocabulary {
  readonly #language: Language;
  readonly #terms = new Map<string, number>();
  /** As written, so that each spelling is looked at closely only once. */
  #known = new WordTable<readonly number[]>();
  readonly #spans = new NumberList();

  constructor(language: Language) {
    this.#language = language;
  }

  get isEmpty(): boolean {
    return this.#terms.size === 0;
  }

  /**
   * @param addTerm makes the number of a term that is new
   * @param into takes the terms of each word of a text that is no stop word, in order
   */
  scan(text: string, addTerm: () => number, into: NumberList): void {
    const spans = this.#spans;
    scanSpans(text, spans);
    into.clear();
    for (let at = 0; at < spans.length; at += spanNumbers) {
      const start = spans.at(at);
      const end = spans.at(at + 1);
      const hash = spans.at(at + 2);
      const terms =
        this.#known.find(text, start, end, hash) ?? this.#learn(text.slice(start, end), hash, addTerm);
      for (const term of terms) into.push(term);
    }
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

  /** It tells nothing in this language. @param part one of `partsOf` */
  isStopWord(part: string): boolean {
    return this.#language.stopWords.has(fold(part));
  }

  #stemsOf(part: string): readonly string[] {
    return this.isStopWord(part) ? [] : this.#language.stemsOf(part);
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
