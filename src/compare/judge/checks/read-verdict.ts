/** What a check's own code returned, as a result. */
import type { CheckResult } from '../../../core/check';

/** A score from here on passes. */
const passingScore = 0.5;

/** `true` passes, `false` fails, a text fails and says why (an empty one passes), a number is a score. */
export function readVerdict(value: unknown): CheckResult {
  if (value === true || value === '') return { outcome: 'passed', note: '' };
  if (value === false) return { outcome: 'failed', note: 'The code returned false.' };
  if (typeof value === 'string') return { outcome: 'failed', note: value };
  if (typeof value === 'number' && Number.isFinite(value)) {
    return { outcome: value >= passingScore ? 'passed' : 'failed', note: `Score ${value}`, score: value };
  }
  return {
    outcome: 'error',
    note: `The code returned ${typeof value === 'number' ? value : typeof value}; it must return true, false, a text or a number.`,
  };
}
