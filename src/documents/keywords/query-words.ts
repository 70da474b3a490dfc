/** What a question is searched for. */
import { guessLanguage } from './guess-language';
import { languageOf } from './languages';
import { partsOf } from './parts-of';
import { scanWords } from './scan-words';
import type { Vocabulary } from './vocabulary';

export interface QueryWord {
  /** One for each language of the documents that has the word; no document has two of them. */
  readonly terms: readonly number[];
  /** How often the question says it. */
  readonly times: number;
}

/** A word counts as what it means in the language of each document: the question may be in any of them. */
export function queryWords(query: string, vocabularies: ReadonlyMap<string, Vocabulary>): QueryWord[] {
  // Where all documents are in one language, its own stop words are all there is to know.
  const asked = vocabularies.size > 1 ? languageOf(guessLanguage(query)) : undefined;
  const words = new Map<string, QueryWord>();
  scanWords(query, (word) => {
    for (const part of partsOf(word)) {
      if (asked?.stopWords.has(part)) continue;
      const found = Array.from(vocabularies.values(), (vocabulary) => vocabulary.termOf(part));
      const terms = found.filter((term) => term !== undefined);
      if (terms.length === 0) continue;
      const key = terms.join();
      words.set(key, { terms, times: (words.get(key)?.times ?? 0) + 1 });
    }
  });
  return [...words.values()];
}
