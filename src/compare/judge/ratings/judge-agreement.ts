/** How far two judges agree over the answers that both have judged. */
import { turnedOutcome, type Vote, type VoteOutcome } from '../../../core/vote';
import { type Share, shareOf } from './share';

export interface JudgeAgreement {
  readonly agreed: Share;
  /**
   * Cohen's kappa (1960): agreement beyond what chance would bring, 1 for always, 0 for no more than chance; absent
   * where nothing was judged by both, or both said one and the same throughout.
   */
  readonly kappa?: number;
}

type Judged = Pick<Vote, 'left' | 'right' | 'outcome'>;

/** Both bad counts as a tie. Of several votes of a judge over the same two answers the last one counts. */
export function judgeAgreement(one: readonly Judged[], other: readonly Judged[]): JudgeAgreement {
  const theirs = verdictsByAnswers(other);
  const both = [...verdictsByAnswers(one)].flatMap(([answers, mine]) => {
    const their = theirs.get(answers);
    return their === undefined ? [] : [[mine, their] as const];
  });
  const count = both.length;
  const same = both.filter(([mine, their]) => mine === their).length;
  const agreed = shareOf(same, count);
  const byChance = (['left', 'right', 'tie'] as const).reduce((sum, verdict) => {
    const [mine, their] = [0, 1].map((side) => both.filter((pair) => pair[side] === verdict).length);
    return sum + ((mine ?? 0) / count) * ((their ?? 0) / count);
  }, 0);
  return count === 0 || byChance >= 1
    ? { agreed }
    : { agreed, kappa: (same / count - byChance) / (1 - byChance) };
}

/** By the two answers, whatever side each stood on; seen with the answer of the smaller id on the left. */
function verdictsByAnswers(votes: readonly Judged[]): Map<string, VoteOutcome> {
  return new Map(
    votes.map(({ left, right, outcome }) => {
      const isTurned = left.answerId > right.answerId;
      const verdict = outcome === 'both-bad' ? 'tie' : isTurned ? turnedOutcome(outcome) : outcome;
      return [[left.answerId, right.answerId].sort().join(' '), verdict];
    }),
  );
}
