/**
 * Turns all vectors by the same random rotation. Products stay what they are, and every dimension comes to hold as much
 * as any other, also of models that keep most in a few: only then do signs and equal steps say the same of all vectors.
 * Random signs and Hadamard transforms over the first and the last power of two of the dimensions, twice over
 * (after Ailon & Chazelle 2009, "The Fast Johnson-Lindenstrauss Transform").
 */
import { seededRandom } from '../../platform/seeded-random';

const rounds = 2;

export class Rotation {
  readonly #signs: readonly Float32Array[];
  readonly #window: number;

  /** The same rotation for the same number of dimensions, always. */
  constructor(private readonly dimensions: number) {
    const random = seededRandom(dimensions);
    // A shift gives a whole number, as which the loops below run five times as fast.
    this.#window = 1 << Math.floor(Math.log2(dimensions));
    this.#signs = Array.from({ length: rounds }, () =>
      Float32Array.from({ length: dimensions }, () => (random() < 0.5 ? -1 : 1)),
    );
  }

  /** In place. @param vector of as many numbers as there are dimensions */
  turn(vector: Float32Array): void {
    for (const signs of this.#signs) {
      flip(vector, signs);
      transform(vector, 0, this.#window);
      if (this.#window < this.dimensions) transform(vector, this.dimensions - this.#window, this.#window);
    }
  }

  /** Undoes `turn`. */
  turnBack(vector: Float32Array): void {
    for (const signs of this.#signs.toReversed()) {
      // A transform undoes itself.
      if (this.#window < this.dimensions) transform(vector, this.dimensions - this.#window, this.#window);
      transform(vector, 0, this.#window);
      flip(vector, signs);
    }
  }
}

function flip(vector: Float32Array, signs: Float32Array): void {
  for (let place = 0; place < signs.length; place++) {
    vector[place] = (vector[place] ?? 0) * (signs[place] ?? 0);
  }
}

/** The Hadamard transform of `length` numbers, a power of two, scaled so that lengths stay. */
function transform(vector: Float32Array, start: number, length: number): void {
  const end = start + length;
  for (let half = 1; half < length; half <<= 1) {
    for (let block = start; block < end; block += 2 * half) {
      for (let place = block; place < block + half; place++) {
        const left = vector[place] ?? 0;
        const right = vector[place + half] ?? 0;
        vector[place] = left + right;
        vector[place + half] = left - right;
      }
    }
  }
  const scale = 1 / Math.sqrt(length);
  for (let place = start; place < end; place++) vector[place] = (vector[place] ?? 0) * scale;
}
