/** How likely the model held each token of its answer, before any setting of sampling, and what else it considered. */

export interface TokenChoice {
  /** As the tokenizer spells it; parts of a character may come as replacement characters. */
  readonly text: string;
  /** 0–1. */
  readonly probability: number;
}

export interface TokenProbability extends TokenChoice {
  /** The most likely tokens at this place, most likely first; the chosen one is usually among them. */
  readonly alternatives: readonly TokenChoice[];
}
