/** Holds one answer against one check. It never throws: what went wrong with the check is an outcome of its own. */
import { checkJson } from '../../../platform/check-json';
import type { Check, CheckResult } from '../../../core/check';
import type { CheckContext, CheckRunners } from './check';
import { checkNumber } from './check-number';
import { readVerdict } from './read-verdict';

export async function runCheck(
  check: Check,
  answer: string,
  { prompt, expected }: CheckContext,
  runners: CheckRunners,
): Promise<CheckResult> {
  try {
    switch (check.kind) {
      case 'contains': {
        const [text, part] = check.ignoresCase
          ? [answer.toLowerCase(), check.text.toLowerCase()]
          : [answer, check.text];
        return found(text.includes(part), check.isNegated, `“${check.text}”`);
      }
      case 'pattern': {
        const { pattern, flags = '', isNegated } = check;
        return found(await runners.matchesPattern(answer, pattern, flags), isNegated, `/${pattern}/${flags}`);
      }
      case 'json': {
        const checked = checkJson(answer, check.schema);
        return 'value' in checked ? passed : { outcome: 'failed', note: checked.problems.join(' ') };
      }
      case 'number':
        return checkNumber(answer, check);
      case 'code':
        return readVerdict(await runners.runCode(check.code, [answer, prompt, expected]));
    }
  } catch (thrown) {
    return { outcome: 'error', note: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

const passed: CheckResult = { outcome: 'passed', note: '' };

function found(isThere: boolean, isNegated = false, what: string): CheckResult {
  if (isThere !== isNegated) return passed;
  return { outcome: 'failed', note: isThere ? `${what} is in the answer.` : `${what} is not in the answer.` };
}
