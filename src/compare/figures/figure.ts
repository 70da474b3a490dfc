/** One number of an answer, by our own clock and brackets, with what the engine itself says beside it. */

export const figureNames = [
  'firstToken',
  'prefill',
  'decode',
  'tokensIn',
  'tokensCached',
  'tokensOut',
  'tokensReasoning',
  'load',
  'memory',
  'cost',
  'total',
] as const;

/** Times in milliseconds, rates in tokens per second, memory in bytes, cost in the currency of the prices. */
export type FigureName = (typeof figureNames)[number];

export interface Figure {
  readonly value: number;
  /** Nobody reported it: it was guessed from lengths. */
  readonly isEstimated?: true;
  /** The same by the engine's own clock. */
  readonly engine?: number;
  /** Of a mean: over how many answers. */
  readonly count?: number;
}

/** An absent figure is unknown, which is never taken for nothing. */
export type AnswerFigures = Readonly<Partial<Record<FigureName, Figure>>>;
