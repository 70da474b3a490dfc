/** What is known of the vectors of a collection: found out once, and again when it has become another one. */
import type { KeywordIndex } from '../keywords/keyword-index';
import type { VectorIndex } from '../vectors/vector-index';
import { checkDense, type TextOfChunk } from './dense-check';
import { denseFloor } from './dense-floor';

/** Part of the vectors that come or go before it is found out anew. */
const renewedBy = 0.2;

export class DenseJudgement {
  readonly #keywords: KeywordIndex;
  readonly #vectors: VectorIndex;
  readonly #chunkAt: (place: number) => TextOfChunk | undefined;
  #size = 0;
  #trust: number | undefined;
  #floor: number | undefined;

  /** @param chunkAt one of the chunks that have vectors, by its place among all of them */
  constructor(
    keywords: KeywordIndex,
    vectors: VectorIndex,
    chunkAt: (place: number) => TextOfChunk | undefined,
  ) {
    this.#keywords = keywords;
    this.#vectors = vectors;
    this.#chunkAt = chunkAt;
  }

  /** How far meaning is trusted, 0 to 1. */
  trust(): number {
    this.#renew();
    return (this.#trust ??= checkDense(this.#keywords, this.#vectors, this.#chunkAt));
  }

  /** The cosine from which on there is something on a question. @param unrelated of the same model */
  floor(unrelated: readonly Float32Array[]): number {
    this.#renew();
    return (this.#floor ??= denseFloor(this.#vectors, unrelated, this.#chunkAt));
  }

  #renew(): void {
    const { size } = this.#vectors;
    if (Math.abs(size - this.#size) <= this.#size * renewedBy) return;
    this.#size = size;
    this.#trust = undefined;
    this.#floor = undefined;
  }
}
