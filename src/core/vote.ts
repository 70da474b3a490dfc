/** One judgement over two answers to the same prompt, as it is kept. Votes are added and taken back, never changed. */

/** `both-bad` says no more than a tie about which one is better; it is counted as one and shown apart. */
export const voteOutcomes = ['left', 'right', 'tie', 'both-bad'] as const;
export type VoteOutcome = (typeof voteOutcomes)[number];

export interface VoteSide {
  /** By which ratings know the model: of its backend and itself. */
  readonly modelKey: string;
  /** For people, as it was called then. */
  readonly label: string;
  /** The row of the answer, which may be gone by now. */
  readonly answerId: string;
  /** Of the answer's text, in UTF-16 units. */
  readonly length: number;
}

/** Who judged: the person, without having seen the names, or a model with a rubric. */
export type Judge =
  | { readonly kind: 'person' }
  | {
      readonly kind: 'model';
      readonly modelKey: string;
      readonly label: string;
      readonly rubric: string;
      /** What it said with the answers as they stand here, and with their places changed; as seen from here. */
      readonly verdicts: readonly [VoteOutcome, VoteOutcome];
      /** In its own words, from the first of the two. */
      readonly reason: string;
    };

export interface Vote {
  readonly id: string;
  readonly comparisonId: string;
  /** Milliseconds since 1970; newest last. */
  readonly createdAt: number;
  readonly prompt: string;
  readonly left: VoteSide;
  readonly right: VoteSide;
  readonly outcome: VoteOutcome;
  readonly judge: Judge;
}

/** By which judges are told apart in filters: people are one, a model is each its own. */
export function judgeKey({ judge }: Pick<Vote, 'judge'>): string {
  return judge.kind === 'person' ? 'person' : `model ${judge.modelKey}`;
}

/** The same judgement with the sides changed. */
export function turnedOutcome(outcome: VoteOutcome): VoteOutcome {
  if (outcome === 'left') return 'right';
  return outcome === 'right' ? 'left' : outcome;
}
