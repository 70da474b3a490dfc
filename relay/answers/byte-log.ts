/** The bytes of one answer by their position, in memory of known size; the oldest can be let go. */

const firstSlabBytes = 4096;
const slabBytes = 65_536;

interface Slab {
  /** Position of its first byte. */
  readonly start: number;
  readonly bytes: Buffer;
  used: number;
}

/** Chunks are copied: a small one may be a view of a large buffer, which it would keep from being freed. */
export class ByteLog {
  readonly #slabs: Slab[] = [];
  #start = 0;
  #end = 0;
  #allocated = 0;

  /** Position of the oldest byte that is still here. */
  get start(): number {
    return this.#start;
  }

  get end(): number {
    return this.#end;
  }

  /** Bytes of memory that it takes. */
  get allocated(): number {
    return this.#allocated;
  }

  append(chunk: Uint8Array): void {
    for (let done = 0; done < chunk.length;) {
      const slab = this.#slabWithRoom();
      const part = chunk.subarray(done, done + slab.bytes.length - slab.used);
      slab.bytes.set(part, slab.used);
      slab.used += part.length;
      done += part.length;
    }
    this.#end += chunk.length;
  }

  /** At most `limit` bytes from a position between `start` and `end`, perhaps fewer; none at the end. A view, not a copy. */
  read(from: number, limit: number): Buffer {
    const slab = this.#slabs.find(({ start, used }) => from < start + used);
    if (!slab) return Buffer.alloc(0);
    const at = from - slab.start;
    return slab.bytes.subarray(at, Math.min(slab.used, at + limit));
  }

  /** Lets go of what lies before a position. */
  dropBefore(position: number): void {
    this.#start = Math.max(this.#start, Math.min(position, this.#end));
    for (let [slab] = this.#slabs; slab && slab.start + slab.used <= this.#start; [slab] = this.#slabs) {
      this.#slabs.shift();
      this.#allocated -= slab.bytes.length;
    }
  }

  #slabWithRoom(): Slab {
    const last = this.#slabs.at(-1);
    if (last && last.used < last.bytes.length) return last;
    const start = last ? last.start + last.used : this.#end;
    // Most refusals and many answers are short.
    const bytes = Buffer.allocUnsafeSlow(last ? slabBytes : firstSlabBytes);
    const slab = { start, bytes, used: 0 };
    this.#slabs.push(slab);
    this.#allocated += bytes.length;
    return slab;
  }
}
