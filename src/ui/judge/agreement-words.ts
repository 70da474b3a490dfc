/** How far a model and a person agree, for people. */
import type { JudgeAgreement } from '../../compare/judge/ratings/judge-agreement';
import { shareWords } from './share-words';

export function agreementWords({ agreed, kappa }: JudgeAgreement): string {
  const beyond = kappa === undefined ? '' : `; Cohen’s kappa ${kappa.toFixed(2)}`;
  return `Agrees with your blind votes in ${shareWords(agreed)}${beyond}.`;
}
