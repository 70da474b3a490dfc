/** What a question is searched for. */
import { fold } from './fold';
import { guessLanguage } from './guess-language';
import { languageOf } from './languages';
import { partsOf } from './parts-of';
import { scanWords } from './scan-words';
import type { Vocabulary } from './vocabulary';

export interface QueryWord {
  /** One at most for each language, so that no document has two of them. */
  readonly terms: readonly number[];
  /** How often the question says it. */
  readonly times: number;
}

export interface AskedWords {
  readonly words: readonly QueryWord[];
  /** How many words tell something, and are in no document. */
  readonly unknown: number;
}

/** A word counts as what it means in the language of each document: the question may be in any of them. */
export function queryWords(query: string, vocabularies: readonly Vocabulary[]): AskedWords {
  // Where all documents are in one language, its own stop words are all there is to know.
  const asked = vocabularies.length > 1 ? guessLanguage(query) : undefined;
  const stopWords = asked === undefined ? new Set<string>() : languageOf(asked).stopWords;
  const words = new Map<string, QueryWord>();
  let unknown = 0;
  const add = (terms: readonly number[]): void => {
    const key = terms.join();
    if (key !== '') words.set(key, { terms, times: (words.get(key)?.times ?? 0) + 1 });
  };
  for (const word of scanWords(query)) {
    for (const part of partsOf(word)) {
      if (stopWords.has(fold(part))) continue;
      const found = vocabularies.map((vocabulary) => vocabulary.knownTermsOf(part));
      if (found.every(({ length }) => length === 0) && !vocabularies.some((one) => one.isStopWord(part)))
        unknown++;
      // Where a word has two stems, each is a word of its own.
      for (const place of [0, 1]) add(found.flatMap((terms) => terms.slice(place, place + 1)));
    }
  }
  return { words: [...words.values()], unknown };
}
