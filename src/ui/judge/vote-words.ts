/** A verdict over two answers, for people. */
import type { VoteOutcome } from '../../core/vote';

export function outcomeWords(outcome: VoteOutcome, left: string, right: string): string {
  switch (outcome) {
    case 'left':
      return `${left} is better`;
    case 'right':
      return `${right} is better`;
    case 'tie':
      return 'equally good';
    case 'both-bad':
      return 'both are bad';
  }
}
