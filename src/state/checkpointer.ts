/** Saves what has arrived of a running answer at least every 250 ms, one write at a time. */

/** A little under the promise, so that the write itself fits in. */
const intervalMs = 200;

export class Checkpointer {
  /** Reports its own failures; must not reject. */
  readonly #write: () => Promise<void>;
  #lastWriteAt = -Infinity;
  #isWriting = false;
  #isDirty = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(write: () => Promise<void>) {
    this.#write = write;
  }

  /** Something arrived. */
  touch(): void {
    this.#isDirty = true;
    if (this.#isWriting || this.#timer !== undefined) return;
    const wait = this.#lastWriteAt + intervalMs - performance.now();
    if (wait <= 0) void this.#flush();
    // The trailing save: without it a stream that pauses would leave its last words unsaved.
    else this.#timer = setTimeout(() => void this.#flush(), wait);
  }

  /** No write starts after this; the finished row replaces the checkpoint. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#isDirty = false;
  }

  async #flush(): Promise<void> {
    this.#timer = undefined;
    this.#isWriting = true;
    this.#isDirty = false;
    this.#lastWriteAt = performance.now();
    try {
      await this.#write();
    } finally {
      this.#isWriting = false;
    }
    if (this.#isDirty) this.touch();
  }
}
