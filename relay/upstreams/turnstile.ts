/** Lets one through at a time, first come first served: InstructLab's server breaks off or refuses a second request. */

/** More than a person and a few tabs cause; beyond it, waiting would look like a hang. */
const maxWaiting = 32;

export interface Turn {
  /** Gives the place up, waiting or passing; further calls do nothing. */
  leave(): void;
}

export class Turnstile {
  /** The first one is passing. */
  readonly #line: (() => void)[] = [];

  get isBusy(): boolean {
    return this.#line.length > 0;
  }

  /** Calls `onTurn` at once, or when those before have left. `undefined` when the line is full. */
  enter(onTurn: () => void): Turn | undefined {
    if (this.#line.length > maxWaiting) return undefined;
    // Each place is an object of its own, even if the same function enters twice.
    const place = (): void => onTurn();
    this.#line.push(place);
    if (this.#line.length === 1) onTurn();
    return { leave: () => this.#leave(place) };
  }

  #leave(place: () => void): void {
    const position = this.#line.indexOf(place);
    if (position < 0) return;
    this.#line.splice(position, 1);
    if (position === 0) this.#line[0]?.();
  }
}
