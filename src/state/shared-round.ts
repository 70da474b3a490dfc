/** Work that several callers want at once: they share one round, and what changes meanwhile makes one more. */
export class SharedRound {
  readonly #work: (signal: AbortSignal) => Promise<void>;
  #running: Promise<void> | undefined;
  #isOutdated = false;

  constructor(work: (signal: AbortSignal) => Promise<void>) {
    this.#work = work;
  }

  /** @param signal of the caller that begins it; the others share its fate */
  run(signal: AbortSignal): Promise<void> {
    this.#running ??= this.#untilCurrent(signal).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** A round that runs may have passed over what is new. */
  outdate(): void {
    this.#isOutdated = true;
  }

  async #untilCurrent(signal: AbortSignal): Promise<void> {
    do {
      this.#isOutdated = false;
      await this.#work(signal);
    } while (this.#isOutdated && !signal.aborted);
  }
}
