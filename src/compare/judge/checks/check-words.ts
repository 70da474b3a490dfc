/** What a check asks of an answer, for people. */
import type { Check } from '../../../core/check';

export function checkWords(check: Check): string {
  switch (check.kind) {
    case 'contains':
      return `${check.isNegated ? 'Does not contain' : 'Contains'} “${check.text}”`;
    case 'pattern':
      return `${check.isNegated ? 'Does not match' : 'Matches'} /${check.pattern}/${check.flags ?? ''}`;
    case 'json':
      return check.schema ? 'Is JSON of the schema' : 'Is JSON';
    case 'number':
      return `${check.field ? `Number at “${check.field}”` : 'Last number'} ${boundsWords(check)}`;
    case 'code':
      return 'Passes your code';
  }
}

function boundsWords({ least, most }: { readonly least?: number; readonly most?: number }): string {
  if (least !== undefined && most !== undefined)
    return least === most ? `is ${least}` : `from ${least} to ${most}`;
  if (least !== undefined) return `at least ${least}`;
  return most === undefined ? 'is there' : `at most ${most}`;
}
