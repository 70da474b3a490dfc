/** What sways judges beside the answers: where an answer stood, and how long it was. */
import { turnedOutcome, type Vote } from '../../../core/vote';
import { type Share, shareOf } from './share';

export interface VoteBiases {
  /** How often the left one won, of the votes with a winner. Without a bias about half. */
  readonly left: Share;
  /** How often the longer one won, of the votes with a winner and two lengths. */
  readonly longer: Share;
  /** How often a model that judged twice, with the places changed, said the same of the answers. */
  readonly consistent: Share;
}

type Judged = Pick<Vote, 'left' | 'right' | 'outcome' | 'judge'>;

/** A model that judges sees both orders, and each of its two verdicts counts as one that has a left side. */
export function voteBiases(votes: readonly Judged[]): VoteBiases {
  const verdicts = votes.flatMap(placedVerdicts);
  const leftWins = verdicts.filter((outcome) => outcome === 'left').length;
  const rightWins = verdicts.filter((outcome) => outcome === 'right').length;
  const decided = votes.filter(
    ({ outcome, left, right }) => (outcome === 'left' || outcome === 'right') && left.length !== right.length,
  );
  const longerWins = decided.filter(
    ({ outcome, left, right }) => (outcome === 'left') === left.length > right.length,
  ).length;
  const pairs = votes.flatMap(({ judge }) => (judge.kind === 'model' ? [judge.verdicts] : []));
  const same = pairs.filter(([asHere, turned]) => asHere === turned).length;
  return {
    left: shareOf(leftWins, leftWins + rightWins),
    longer: shareOf(longerWins, decided.length),
    consistent: shareOf(same, pairs.length),
  };
}

/** As the judge saw the places: the second verdict of a model was over the answers the other way round. */
function placedVerdicts({ outcome, judge }: Judged): readonly Vote['outcome'][] {
  if (judge.kind === 'person') return [outcome];
  const [asHere, turned] = judge.verdicts;
  return [asHere, turnedOutcome(turned)];
}
