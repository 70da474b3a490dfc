/** One judgement out of two: a model is asked with the answers in both orders. */
import type { VoteOutcome } from '../../../core/vote';

/**
 * @param verdicts both as seen from the same order
 * @returns what they have in common; a tie where they contradict each other, for then the place decided
 */
export function settleVerdicts([one, other]: readonly [VoteOutcome, VoteOutcome]): VoteOutcome {
  return one === other ? one : 'tie';
}
