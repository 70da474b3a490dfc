/** Finds chunks by their words, each document in its language. */
import { bestHits, type Scored } from './best-hits';
import { lengthFactor, occurrenceWeight, rarity } from './bm25';
import { feedback, feedbackWords } from './feedback';
import { guessLanguage } from './guess-language';
import { languageOf } from './languages';
import { NumberList } from './number-list';
import { countedPosting, headingTimesOf, movedPosting, newPosting, placeOf, textTimesOf } from './posting';
import { PostingLists } from './posting-lists';
import { type QueryWord, queryWords } from './query-words';
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
  /** BM25, above 0, and for questions of several words what `feedback` adds. */
  readonly score: number;
}

interface IndexedDocument {
  readonly documentId: string;
  readonly vocabulary: Vocabulary;
  /** Place of its first chunk among those of all documents. */
  readonly first: number;
  readonly chunks: readonly KeywordChunk[];
}

const everything = (): boolean => true;

interface OwnedHit extends Scored {
  readonly owner: IndexedDocument;
}

/** Up to 2²⁴ chunks. Their texts are held, not copied. */
export class KeywordIndex {
  #lists = new PostingLists();
  readonly #vocabularies = new Map<string, Vocabulary>();
  readonly #documents = new Map<string, IndexedDocument>();
  /** By place of a chunk: how many terms its text has, and whose it is; undefined where it was removed. */
  #lengths = new NumberList();
  #owners: (IndexedDocument | undefined)[] = [];
  #totalLength = 0;
  #removed = 0;
  /** Of the text that is read now. */
  readonly #terms = new NumberList();
  readonly #addTerm = (): number => this.#lists.addTerm();
  /** By place of a chunk, all 0 between searches. */
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
    const owner = { documentId, vocabulary, first: this.#owners.length, chunks };
    this.#documents.set(documentId, owner);
    for (const { text, headings } of chunks) {
      const place = this.#owners.push(owner) - 1;
      vocabulary.scan(text, this.#addTerm, this.#terms);
      const { length } = this.#terms;
      this.#countTerms(place, false);
      for (const heading of headings) {
        vocabulary.scan(heading, this.#addTerm, this.#terms);
        this.#countTerms(place, true);
      }
      this.#lengths.push(length);
      this.#totalLength += length;
    }
  }

  /** A chunk is read as a whole before the next, so it can only be the last in a list. */
  #countTerms(place: number, isHeading: boolean): void {
    for (let at = 0; at < this.#terms.length; at++) {
      const term = this.#terms.at(at);
      const last = this.#lists.last(term);
      if (last !== undefined && placeOf(last) === place)
        this.#lists.setLast(term, countedPosting(last, isHeading));
      else this.#lists.add(term, newPosting(place, isHeading));
    }
  }

  remove(documentId: string): void {
    const document = this.#documents.get(documentId);
    if (!document) return;
    this.#documents.delete(documentId);
    for (let place = document.first; place < document.first + document.chunks.length; place++) {
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
    if (this.#scores.length < this.size) this.#scores = new Float64Array(Math.ceil(this.size * 1.5));
    const { words } = queryWords(query, [...this.#vocabularies.values()]);
    const touched: number[] = [];
    for (const { terms, times } of words) {
      const weight = times * this.#rarityOf(terms);
      for (const term of terms) this.#score(term, weight, touched);
    }
    if (words.length >= feedback.leastWords)
      this.#scoreFeedback(words, this.#best(touched, feedback.chunks, accepts));
    const best = this.#best(touched, limit, accepts);
    for (const place of touched) this.#scores[place] = 0;
    return best.map(({ place, score, owner }) => {
      return { documentId: owner.documentId, chunk: place - owner.first, score };
    });
  }

  /**
   * @returns which part of what the query says a chunk says too, 0 to 1: each word by how much it tells, most of all one
   * that no chunk has
   */
  coverage(query: string): (documentId: string, chunk: number) => number {
    if (this.#removed > 0) this.#sweep();
    const { words, unknown } = queryWords(query, [...this.#vocabularies.values()]);
    const weights = words.map(({ terms, times }) => times * this.#rarityOf(terms));
    const asked = weights.reduce((sum, weight) => sum + weight, unknown * rarity(0, this.size));
    return (documentId, chunk) => {
      const document = this.#documents.get(documentId);
      const found = document?.chunks[chunk];
      if (!document || !found || asked === 0) return 0;
      const said = new Set<number>();
      for (const text of [found.text, ...found.headings]) {
        for (const term of this.#termsOf(text, document.vocabulary)) said.add(term);
      }
      const covered = words.map(({ terms }, place) =>
        terms.some((term) => said.has(term)) ? (weights[place] ?? 0) : 0,
      );
      return covered.reduce((sum, weight) => sum + weight, 0) / asked;
    };
  }

  /** @param touched takes the places that had no score before; absent: those are left out */
  #score(term: number, weight: number, touched?: number[]): void {
    const scores = this.#scores;
    const lengths = this.#lengths.numbers;
    const usualLength = this.#totalLength / this.size || 1;
    for (const posting of this.#postingsOf(term)) {
      const place = placeOf(posting);
      const before = scores[place] ?? 0;
      if (before === 0) {
        if (!touched) continue;
        touched.push(place);
      }
      const factor = lengthFactor((lengths[place] ?? 0) / usualLength);
      scores[place] =
        before + weight * occurrenceWeight(textTimesOf(posting), headingTimesOf(posting), factor);
    }
  }

  #scoreFeedback(words: readonly QueryWord[], best: readonly OwnedHit[]): void {
    const chunks = best.map(({ place, score, owner }) => {
      const text = owner.chunks[place - owner.first]?.text ?? '';
      return { score, terms: Array.from(this.#termsOf(text, owner.vocabulary)) };
    });
    const asked = words.reduce((sum, { times }) => sum + times, 0);
    const rarityOf = (term: number): number => this.#rarityOf([term]);
    for (const [term, weight] of feedbackWords(chunks, rarityOf)) {
      this.#score(term, feedback.share * asked * weight * rarityOf(term));
    }
  }

  /** To read before the next text. */
  #termsOf(text: string, vocabulary: Vocabulary): Uint32Array {
    vocabulary.scan(text, this.#addTerm, this.#terms);
    return this.#terms.numbers.subarray(0, this.#terms.length);
  }

  /** @param terms no chunk has two of them */
  #rarityOf(terms: readonly number[]): number {
    const frequency = terms.reduce((sum, term) => sum + this.#lists.count(term), 0);
    return rarity(frequency, this.size);
  }

  #best(places: readonly number[], limit: number, accepts: (documentId: string) => boolean): OwnedHit[] {
    const scoreOf = (place: number): number => this.#scores[place] ?? 0;
    const hits = bestHits(places, scoreOf, limit, (place) => {
      const owner = this.#owners[place];
      return owner !== undefined && accepts(owner.documentId);
    });
    return hits.flatMap((hit) => {
      const owner = this.#owners[hit.place];
      return owner ? [{ ...hit, owner }] : [];
    });
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
  return guessLanguage(
    chunks
      .slice(0, 8)
      .map(({ text }) => text)
      .join('\n'),
  );
}
