/** How long the rest will take, from how long what is done took. */

export interface WorkLeft {
  /** Bytes of files that are still to be read, of those whose vectors are to be made too, and of all others. */
  readonly bytesToEmbed: number;
  readonly bytesToIndex: number;
  /** Chunks that were read and have no vectors yet. */
  readonly chunks: number;
}

export class WorkPace {
  readonly #read = { bytes: 0, chunks: 0, ms: 0 };
  readonly #embedded = { chunks: 0, ms: 0 };

  noteRead(bytes: number, chunks: number, ms: number): void {
    this.#read.bytes += bytes;
    this.#read.chunks += chunks;
    this.#read.ms += ms;
  }

  noteEmbedded(chunks: number, ms: number): void {
    this.#embedded.chunks += chunks;
    this.#embedded.ms += ms;
  }

  /** Undefined while a step that is to come was not done yet. */
  secondsLeft({ bytesToEmbed, bytesToIndex, chunks }: WorkLeft): number | undefined {
    const { bytes, ms, chunks: found } = this.#read;
    const toRead = bytesToEmbed + bytesToIndex;
    if (toRead > 0 && bytes === 0) return undefined;
    const readMs = toRead > 0 ? (toRead * ms) / bytes : 0;
    const toMake = chunks + (bytesToEmbed > 0 ? (bytesToEmbed * found) / bytes : 0);
    if (toMake > 0 && this.#embedded.chunks === 0) return undefined;
    const makeMs = toMake > 0 ? (toMake * this.#embedded.ms) / this.#embedded.chunks : 0;
    return (readMs + makeMs) / 1000;
  }
}
