/** Everything that is searched in one collection: words, vectors, and the texts that passages are cut from. */
import { BackendError } from '../../core/backend-error';
import type { Passage, RetrievalFilter } from '../../core/retrieval';
import { KeywordIndex } from '../keywords/keyword-index';
import { VectorIndex } from '../vectors/vector-index';
import type { Candidate } from './candidate';
import type { TextOfChunk } from './dense-check';
import { DenseJudgement } from './dense-judgement';
import { byKeywordAlone, fuse, type FusedHit } from './fuse';
import type { IndexedDocument } from './indexed-document';
import { type Joined, joinPassages } from './join-passages';
import { type JudgedHits, leaveOutUnfit } from './leave-out-unfit';
import type { FoundPassages, SearchQuery } from './search-protocol';

type HeldDocument = Omit<IndexedDocument, 'vectors'>;
type Accepts = (documentId: string) => boolean;

/** Chunks that each side proposes. */
const depth = 200;
/** Vectors that are trusted less do not tell whether there is anything on a question. */
const judgingTrust = 0.1;

export class CollectionIndex {
  readonly #documents = new Map<string, HeldDocument>();
  readonly #keywords = new KeywordIndex();
  #vectors: VectorIndex | undefined;
  #judgement: DenseJudgement | undefined;

  constructor(private readonly collectionId: string) {}

  /** What the document had before is replaced. @throws BackendError where vectors do not fit the chunks */
  async add({ vectors, ...document }: IndexedDocument): Promise<void> {
    const { documentId, text, chunks, language } = document;
    this.remove(documentId);
    const words = chunks.map(({ start, end, headings }) => ({ text: text.slice(start, end), headings }));
    this.#keywords.add(documentId, words, language);
    this.#documents.set(documentId, document);
    if (vectors) await this.setVectors(documentId, vectors);
  }

  /**
   * The first ones tell the number of dimensions; with another number, by another model, all earlier ones are forgotten.
   * @throws BackendError where they do not fit the chunks
   */
  async setVectors(documentId: string, vectors: Float32Array): Promise<void> {
    const document = this.#documents.get(documentId);
    // It may have been removed while its vectors were made.
    if (!document || document.chunks.length === 0) return;
    const dimensions = vectors.length / document.chunks.length;
    if (!Number.isInteger(dimensions) || dimensions === 0) {
      const said = `${vectors.length} numbers for ${document.chunks.length} passages of ${document.name}`;
      throw new BackendError('internal', 'These vectors do not belong to this document.', { said });
    }
    if (this.#vectors?.dimensions !== dimensions) {
      this.#vectors = await VectorIndex.create(dimensions);
      this.#judgement = new DenseJudgement(this.#keywords, this.#vectors, (place) => this.#chunkAt(place));
    }
    this.#vectors.add(documentId, vectors);
  }

  remove(documentId: string): void {
    this.#documents.delete(documentId);
    this.#keywords.remove(documentId);
    this.#vectors?.remove(documentId);
  }

  /** @throws BackendError where the question's vector is of another model */
  search(query: SearchQuery): FoundPassages {
    const { text, vector, settings, filter, longestPassage: longest } = query;
    const accepts = filter && this.#accepting(filter);
    const { fitting, unfit } = this.#judged(this.#hits(text, vector, settings.denseWeight, accepts), query);
    const chunksOf = (documentId: string) => this.#documents.get(documentId)?.chunks ?? [];
    const passagesOf = (hits: readonly FusedHit[], neighbours: number): Passage[] =>
      joinPassages(hits, chunksOf, { passages: settings.passages, neighbours, longest }).flatMap((joined) =>
        this.#passageOf(joined),
      );
    return { passages: passagesOf(fitting, settings.neighbours), unfit: passagesOf(unfit, 0) };
  }

  #judged(hits: readonly FusedHit[], { text, vector, unrelated, settings }: SearchQuery): JudgedHits {
    const judgement = this.#judgement;
    if (!judgement || !vector || !unrelated || settings.denseWeight === 0 || settings.keepsUnfit)
      return { fitting: hits, unfit: [] };
    if (judgement.trust() < judgingTrust) return { fitting: hits, unfit: [] };
    const coverage = this.#keywords.coverage(text);
    return leaveOutUnfit(hits, {
      floor: judgement.floor(unrelated),
      coverageOf: ({ documentId, chunk }) => coverage(documentId, chunk),
    });
  }

  #hits(text: string, vector: Float32Array | undefined, denseWeight: number, accepts?: Accepts): FusedHit[] {
    const vectors = this.#vectors;
    if (!vector || !vectors || vectors.size === 0) {
      return byKeywordAlone(named(this.#keywords.search(text, depth, accepts)));
    }
    if (vector.length !== vectors.dimensions) {
      const said = `${vector.length} dimensions instead of ${vectors.dimensions}`;
      throw new BackendError('bad-request', 'The question was embedded by another model.', { said });
    }
    const byKey = new Map<string, Candidate>();
    if (denseWeight < 1) {
      for (const candidate of named(this.#keywords.search(text, depth, accepts))) {
        byKey.set(keyOf(candidate), candidate);
      }
    }
    if (denseWeight > 0) {
      for (const hit of vectors.search(vector, depth, accepts)) {
        const { documentId, chunk } = hit;
        if (!byKey.has(keyOf(hit))) byKey.set(keyOf(hit), { documentId, chunk });
      }
    }
    const candidates = [...byKey.values()];
    const scores = vectors.scoresOf(vector, candidates);
    const whole = candidates.map((candidate, place) => withDense(candidate, scores[place]));
    const trust = denseWeight < 1 ? (this.#judgement?.trust() ?? 1) : 1;
    return fuse(whole, denseWeight, { ...vectors.spreadOf(vector), trust, chunks: vectors.size });
  }

  #chunkAt(place: number): TextOfChunk | undefined {
    let first = 0;
    for (const { documentId, chunks, text } of this.#documents.values()) {
      if (!this.#vectors?.has(documentId)) continue;
      const chunk = chunks[place - first];
      if (chunk) return { documentId, chunk: place - first, text: text.slice(chunk.start, chunk.end) };
      first += chunks.length;
    }
    return undefined;
  }

  #accepting({ documentIds, from = -Infinity, until = Infinity }: RetrievalFilter): Accepts {
    const wanted = documentIds && new Set(documentIds);
    return (documentId) => {
      const document = this.#documents.get(documentId);
      if (!document || (wanted && !wanted.has(documentId))) return false;
      const time = document.modifiedAt ?? document.addedAt;
      return from <= time && time <= until;
    };
  }

  #passageOf({ documentId, hit, first, last }: Joined): Passage[] {
    const document = this.#documents.get(documentId);
    const [begin, end, found] = [
      document?.chunks[first],
      document?.chunks[last],
      document?.chunks[hit.chunk],
    ];
    if (!document || !begin || !end || !found) return [];
    const { keyword, dense, fused } = hit;
    return [
      {
        collectionId: this.collectionId,
        documentId,
        documentName: document.name,
        start: begin.start,
        end: end.end,
        ...(begin.page !== undefined && { page: begin.page }),
        headings: found.headings,
        text: document.text.slice(begin.start, end.end),
        scores: {
          ...(keyword !== undefined && { keyword }),
          ...(dense !== undefined && { dense }),
          fused,
        },
      },
    ];
  }
}

function keyOf({ documentId, chunk }: { readonly documentId: string; readonly chunk: number }): string {
  return `${chunk} ${documentId}`;
}

function named(
  hits: readonly { readonly documentId: string; readonly chunk: number; readonly score: number }[],
): Candidate[] {
  return hits.map(({ documentId, chunk, score }) => ({ documentId, chunk, keyword: score }));
}

function withDense(candidate: Candidate, dense: number | undefined): Candidate {
  return dense === undefined ? candidate : { ...candidate, dense };
}
