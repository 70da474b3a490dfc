/** How sure the doctor is, in the words that stand before a finding. */
import type { Diagnosis } from '../../core/diagnosis';

export function certaintyWords({ certainty, findings: [first] }: Diagnosis): string {
  if (first.cause === 'works') return certainty === 'known' ? 'Checked' : 'Most likely';
  switch (certainty) {
    case 'known':
      return 'This is it';
    case 'most-likely':
      return 'Most likely';
    case 'one-of':
      return 'One of these: a page cannot tell them apart';
  }
}
