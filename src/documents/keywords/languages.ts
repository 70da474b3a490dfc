/** What the search knows of each language: stems, and words that tell nothing. */

export interface Language {
  /** Two letters of BCP 47. */
  readonly code: string;
  /** @param word folded */
  stem(word: string): string;
  /** Folded. */
  readonly stopWords: ReadonlySet<string>;
}

export const languages: readonly Language[] = [
  { code: 'en', stem: (word) => word, stopWords: new Set(['the', 'of', 'and', 'a', 'in', 'to', 'is']) },
];

const byCode = new Map(languages.map((language) => [language.code, language]));
const none: Language = { code: '', stem: (word) => word, stopWords: new Set() };

/** @param tag BCP 47; one that has no stems here is searched for words as they are written */
export function languageOf(tag: string | undefined): Language {
  return byCode.get(tag?.slice(0, 2) ?? '') ?? none;
}
