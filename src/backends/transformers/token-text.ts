/** Tokens → text as they come: a character that is spread over several tokens waits until it is whole. */

/** Turns token ids into text. */
export type Decode = (tokens: number[]) => string;

const incomplete = '\uFFFD';

export class TokenText {
  #tokens: number[] = [];
  /** Decoding starts a little before the new tokens: some tokens look different at the beginning of a text. */
  #from = 0;
  #shownTo = 0;

  constructor(private readonly decode: Decode) {}

  /** @returns what can be shown now; often nothing for parts of one character */
  push(token: number): string {
    this.#tokens.push(token);
    return this.#take(false);
  }

  /** What is left, also when it is no whole character. */
  finish(): string {
    return this.#take(true);
  }

  #take(isLast: boolean): string {
    const before = this.#text(this.#from, this.#shownTo);
    const now = this.#text(this.#from, this.#tokens.length);
    if (now.length <= before.length || (now.endsWith(incomplete) && !isLast)) return '';
    this.#from = this.#shownTo;
    this.#shownTo = this.#tokens.length;
    return now.slice(before.length);
  }

  #text(from: number, to: number): string {
    // The library refuses to decode nothing.
    return from < to ? this.decode(this.#tokens.slice(from, to)) : '';
  }
}
