/** Holds the answer of a cell against the checks of its run, whose texts are filled with the item first. */
import type { BatchCheck, BatchItem, BatchRun, CellResult } from '../core/batch';
import type { Check, CheckResult } from '../core/check';
import type { CheckRunners } from '../compare/judge/checks/check';
import { checkWords } from '../compare/judge/checks/check-words';
import { runCheck } from '../compare/judge/checks/run-check';
import { fillTemplate } from './template';

/** @param prompt as it was sent */
export async function checkAnswer(
  { checks, expected }: Pick<BatchRun, 'checks' | 'expected'>,
  item: BatchItem,
  prompt: string,
  result: CellResult,
  runners: CheckRunners,
): Promise<CellResult> {
  if (checks.length === 0 || result.state === 'failed') return result;
  const context = { prompt, expected: fillTemplate(expected, item) };
  const results = checks.map(async (check): Promise<CheckResult> => {
    const filled = fillCheck(check, item);
    return 'outcome' in filled ? filled : runCheck(filled, result.text, context, runners);
  });
  return { ...result, checks: await Promise.all(results) };
}

/** The check for this item, or its result where it cannot be one. */
function fillCheck(check: BatchCheck, item: BatchItem): Check | CheckResult {
  switch (check.kind) {
    case 'contains':
      return { ...check, text: fillTemplate(check.text, item) };
    case 'pattern':
      return { ...check, pattern: fillTemplate(check.pattern, item) };
    case 'near': {
      const written = fillTemplate(check.value, item).trim();
      const value = Number(written);
      if (written === '' || !Number.isFinite(value)) {
        return { outcome: 'error', note: `“${written}” is not a number to be near to.` };
      }
      const { within, field } = check;
      return { kind: 'number', least: value - within, most: value + within, field };
    }
    default:
      return check;
  }
}

/** For people: `Contains “Paris”`. */
export function checkName(check: BatchCheck): string {
  if (check.kind !== 'near') return checkWords(check);
  const where = check.field ? `Number at “${check.field}”` : 'Last number';
  return `${where} ${check.within === 0 ? 'is' : `within ${check.within} of`} ${check.value}`;
}
