/** How many requests are being answered, and the wait until none is. */
import type { ReplySink } from '../replies/reply-sink';

export class RunningRequests {
  #count = 0;
  #whenNone: (() => void) | undefined;
  /** One function for all: nothing is made for a request but its place in a list. */
  readonly #onClose = (): void => {
    this.#count -= 1;
    if (this.#count === 0) this.#whenNone?.();
  };

  get count(): number {
    return this.#count;
  }

  /** @param reply is over when it emits `close` */
  add(reply: Pick<ReplySink, 'on'>): void {
    this.#count += 1;
    reply.on('close', this.#onClose);
  }

  /** Resolves when none runs, or when the time is over. */
  async settle(limitMs: number): Promise<void> {
    if (this.#count === 0 || limitMs === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, limitMs);
      this.#whenNone = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
