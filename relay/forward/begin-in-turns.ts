/**
 * Lets only so many requests begin in one turn of the event loop. To begin one costs as much as to pass on ten frames:
 * where a thousand come at once, the streams that run already would stand still until the last of them has begun.
 */
const mostPerTurn = 16;

export class BeginInTurns {
  #left = mostPerTurn;
  #waiting: (() => void)[] = [];
  #isScheduled = false;

  /** Now, or in one of the next turns; in the order of the calls. */
  begin(work: () => void): void {
    this.#schedule();
    if (this.#left > 0) {
      this.#left--;
      work();
    } else {
      this.#waiting.push(work);
    }
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    // After the turn's reading and writing, so that frames pass between two groups.
    setImmediate(() => {
      this.#isScheduled = false;
      const next = this.#waiting.splice(0, mostPerTurn);
      this.#left = mostPerTurn - next.length;
      if (next.length > 0) this.#schedule();
      for (const work of next) work();
    });
  }
}
