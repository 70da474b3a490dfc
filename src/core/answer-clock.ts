/** The times of one answer, over broken connections and reloads of the page: what nobody measured is not claimed. */

/** What is kept of a running answer, so that a page that is loaded again can go on. Times in Unix milliseconds. */
export interface ClockTimes {
  readonly requestedAt: number;
  /** When this was noted: until then the page was there. */
  readonly notedAt: number;
  /** Milliseconds. */
  readonly gapMs: number;
  /** Absent before the first token, and where it came after a gap. */
  readonly firstTokenMs?: number;
}

export interface MeasuredTimes {
  readonly totalMs: number;
  readonly firstTokenMs?: number;
  /** From the first token to the end; absent over a gap, in which tokens may have come at any time. */
  readonly decodeMs?: number;
  /** Part of the total in which the connection was broken or no page was there; absent where there was none. */
  readonly gapMs?: number;
}

export class AnswerClock {
  readonly #now: () => number;
  readonly #isTakenUp: boolean;
  #requestedAt: number;
  #firstTokenMs: number | undefined;
  #lostAt: number | undefined;
  #gapMs = 0;
  #finishedAt: number | undefined;

  /** @param earlier of the page that was closed or reloaded: the gap began when it noted them and lasts */
  constructor(now: () => number, earlier?: ClockTimes) {
    this.#now = now;
    this.#isTakenUp = earlier !== undefined;
    this.#requestedAt = now();
    if (!earlier) return;
    this.#requestedAt = this.#here(earlier.requestedAt);
    this.#lostAt = this.#here(earlier.notedAt);
    this.#gapMs = earlier.gapMs;
    this.#firstTokenMs = earlier.firstTokenMs;
  }

  /** The request goes out now, and times count from here. */
  requested(): void {
    if (!this.#isTakenUp) this.#requestedAt = this.#now();
  }

  tokenArrived(): void {
    if (this.#gapMs > 0 || this.#lostAt !== undefined) return;
    this.#firstTokenMs ??= this.#now() - this.#requestedAt;
  }

  lost(): void {
    this.#lostAt ??= this.#now();
  }

  back(): void {
    if (this.#lostAt === undefined) return;
    this.#gapMs += Math.max(1, this.#now() - this.#lostAt);
    this.#lostAt = undefined;
  }

  finished(): void {
    this.back();
    this.#finishedAt = this.#now();
  }

  /** Milliseconds since the request, to the end once there is one. */
  get elapsedMs(): number {
    return (this.#finishedAt ?? this.#now()) - this.#requestedAt;
  }

  get measured(): MeasuredTimes {
    const totalMs = this.elapsedMs;
    const firstTokenMs = this.#firstTokenMs;
    return {
      totalMs,
      ...(firstTokenMs !== undefined && { firstTokenMs }),
      ...(this.#gapMs > 0 ? { gapMs: this.#gapMs } : { decodeMs: totalMs - (firstTokenMs ?? totalMs) }),
    };
  }

  get times(): ClockTimes {
    const offset = Date.now() - this.#now();
    return {
      requestedAt: this.#requestedAt + offset,
      notedAt: (this.#lostAt ?? this.#now()) + offset,
      gapMs: this.#gapMs,
      ...(this.#firstTokenMs !== undefined && { firstTokenMs: this.#firstTokenMs }),
    };
  }

  /** Clocks of computers are set back now and then: nothing was before the other page was there. */
  #here(unixMs: number): number {
    return this.#now() - Math.max(0, Date.now() - unixMs);
  }
}
