/** Finds chunks by their words, each document in its language. */
import { bestHits } from './best-hits';
import { lengthFactor, occurrenceWeight, rarity } from './bm25';
import { guessLanguage } from './guess-language';
import { languageOf } from './languages';
import { NumberList } from './number-list';
import { headingTimesOf, movedPosting, packPosting, placeOf, textTimesOf } from './posting';
import { PostingLists } from './posting-lists';
import { queryWords } from './query-words';
import { scanWords } from './scan-words';
import { TermCounts } from './term-counts';
import { Vocabulary } from './vocabulary';

export interface KeywordChunk {
  readonly text: string;
  /** Outermost first. */
  readonly headings: readonly string[];
}

export interface KeywordHit {
  readonly documentId: string;
  /** Place among the chunks of the document, from 0. */
  readonly chunk: number;
  /** BM25, above 0. */
  readonly score: number;
}

interface IndexedDocument {
  readonly documentId: string;
  /** Place of its first chunk among those of all documents. */
  readonly first: number;
  readonly chunks: number;
}

const everything = (): boolean => true;

/** Up to 2²⁴ chunks. */
export class KeywordIndex {
  #lists = new PostingLists();
  readonly #vocabularies = new Map<string, Vocabulary>();
  readonly #documents = new Map<string, IndexedDocument>();
  /** By place of a chunk: how many terms its text has, and whose it is; undefined where it was removed. */
  #lengths = new NumberList();
  #owners: (IndexedDocument | undefined)[] = [];
  #totalLength = 0;
  #removed = 0;
  readonly #counts = new TermCounts();
  #scores = new Float64Array(0);
  #read = new Uint32Array(0);

  /** How many chunks can be found. */
  get size(): number {
    return this.#owners.length - this.#removed;
  }

  /**
   * Takes the place of what the document had before.
   * @param language BCP 47; guessed from the text where it is not given
   */
  add(documentId: string, chunks: readonly KeywordChunk[], language = guessedLanguage(chunks)): void {
    this.remove(documentId);
    const vocabulary = this.#vocabularyOf(language);
    const owner = { documentId, first: this.#owners.length, chunks: chunks.length };
    this.#documents.set(documentId, owner);
    const addTerm = (): number => this.#lists.addTerm();
    for (const { text, headings } of chunks) {
      const place = this.#owners.push(owner) - 1;
      scanWords(text, (word) => this.#counts.addText(vocabulary.termsOf(word, addTerm)));
      for (const heading of headings) {
        scanWords(heading, (word) => this.#counts.addHeading(vocabulary.termsOf(word, addTerm)));
      }
      const length = this.#counts.take((term, textTimes, headingTimes) => {
        this.#lists.add(term, packPosting(place, textTimes, headingTimes));
      });
      this.#lengths.push(length);
      this.#totalLength += length;
    }
  }

  remove(documentId: string): void {
    const document = this.#documents.get(documentId);
    if (!document) return;
    this.#documents.delete(documentId);
    for (let place = document.first; place < document.first + document.chunks; place++) {
      this.#owners[place] = undefined;
      this.#totalLength -= this.#lengths.at(place);
      this.#removed++;
    }
  }

  /**
   * @param limit at most so many
   * @returns best first
   */
  search(query: string, limit: number, accepts: (documentId: string) => boolean = everything): KeywordHit[] {
    if (this.#removed > 0) this.#sweep();
    const touched = this.#score(query);
    const isAccepted = (place: number): boolean => {
      const owner = this.#owners[place];
      return owner !== undefined && accepts(owner.documentId);
    };
    const best = bestHits(touched, (place) => this.#scores[place] ?? 0, limit, isAccepted);
    for (const place of touched) this.#scores[place] = 0;
    return best.flatMap(({ place, score }) => {
      const owner = this.#owners[place];
      return owner ? [{ documentId: owner.documentId, chunk: place - owner.first, score }] : [];
    });
  }

  /** @returns places of the chunks that have a score now */
  #score(query: string): number[] {
    const total = this.#owners.length;
    if (this.#scores.length < total) this.#scores = new Float64Array(Math.ceil(total * 1.5));
    const scores = this.#scores;
    const lengths = this.#lengths.numbers;
    const usualLength = this.#totalLength / total || 1;
    const touched: number[] = [];
    for (const { terms, times } of queryWords(query, this.#vocabularies)) {
      const frequency = terms.reduce((sum, term) => sum + this.#lists.count(term), 0);
      const weight = times * rarity(frequency, total);
      for (const term of terms) {
        for (const posting of this.#postingsOf(term)) {
          const place = placeOf(posting);
          const factor = lengthFactor((lengths[place] ?? 0) / usualLength);
          const before = scores[place] ?? 0;
          if (before === 0) touched.push(place);
          scores[place] =
            before + weight * occurrenceWeight(textTimesOf(posting), headingTimesOf(posting), factor);
        }
      }
    }
    return touched;
  }

  #postingsOf(term: number): Uint32Array {
    const count = this.#lists.count(term);
    if (this.#read.length < count) this.#read = new Uint32Array(count * 2);
    this.#lists.read(term, this.#read);
    return this.#read.subarray(0, count);
  }

  #vocabularyOf(code: string | undefined): Vocabulary {
    const language = languageOf(code);
    const vocabulary = this.#vocabularies.get(language.code) ?? new Vocabulary(language);
    this.#vocabularies.set(language.code, vocabulary);
    return vocabulary;
  }

  /** Forgets what was removed, at the next search, so that removing many costs no more than removing one. */
  #sweep(): void {
    const places = this.#sweepChunks();
    const lists = new PostingLists();
    const terms = Array.from({ length: this.#lists.terms }, (_, term) => {
      const kept = this.#postingsOf(term).filter((posting) => places[placeOf(posting)] !== undefined);
      if (kept.length === 0) return undefined;
      const renewed = lists.addTerm();
      for (const posting of kept) lists.add(renewed, movedPosting(posting, places[placeOf(posting)] ?? 0));
      return renewed;
    });
    this.#lists = lists;
    for (const [code, vocabulary] of this.#vocabularies) {
      vocabulary.renumber((term) => terms[term]);
      if (vocabulary.isEmpty) this.#vocabularies.delete(code);
    }
    this.#removed = 0;
  }

  /** @returns by old place of a chunk the new one, undefined where it is gone */
  #sweepChunks(): (number | undefined)[] {
    const owners: IndexedDocument[] = [];
    const lengths = new NumberList();
    const places = this.#owners.map((owner, place) => {
      if (!owner) return undefined;
      const renewed = owners.length;
      const document = place === owner.first ? { ...owner, first: renewed } : owners.at(-1);
      if (place === owner.first && document) this.#documents.set(document.documentId, document);
      owners.push(document ?? owner);
      lengths.push(this.#lengths.at(place));
      return renewed;
    });
    this.#owners = owners;
    this.#lengths = lengths;
    return places;
  }
}

/** By the first chunks, as far as it takes. */
function guessedLanguage(chunks: readonly KeywordChunk[]): string | undefined {
  return guessLanguage(chunks.slice(0, 8).map(({ text }) => text).join('\n'));
}
