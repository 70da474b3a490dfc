/** So many per minute, evenly filled up again; after a pause as many at once. */
export class TokenBucket {
  readonly #perMinute: number;
  #left: number;
  #filledAt: number;

  /** `now` in milliseconds of any clock that never goes back. */
  constructor(perMinute: number, now: number) {
    this.#perMinute = perMinute;
    this.#left = perMinute;
    this.#filledAt = now;
  }

  /** Takes one and returns 0, or takes none and returns the seconds until there is one, rounded up. */
  take(now: number): number {
    const perMs = this.#perMinute / 60_000;
    this.#left = Math.min(this.#perMinute, this.#left + (now - this.#filledAt) * perMs);
    this.#filledAt = now;
    if (this.#left < 1) return Math.ceil((1 - this.#left) / perMs / 1000);
    this.#left -= 1;
    return 0;
  }
}
