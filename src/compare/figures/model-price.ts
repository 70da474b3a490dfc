/** What a model costs, as the person said. */
export interface ModelPrice {
  /** For a million tokens of the prompt. */
  readonly input: number;
  /** For a million generated tokens, reasoning included. */
  readonly output: number;
}
