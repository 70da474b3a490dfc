/** Finds the number of an answer and says whether it lies between two bounds. */
import { checkJson } from '../../../platform/check-json';
import type { Check, CheckResult } from '../../../core/check';

type NumberCheck = Extract<Check, { kind: 'number' }>;

export function checkNumber(answer: string, { least, most, field }: NumberCheck): CheckResult {
  const value = field ? numberOf(fieldOf(answer, field)) : lastNumber(answer);
  if (value === undefined) {
    return {
      outcome: 'failed',
      note: field ? `There is no number at “${field}”.` : 'There is no number in the answer.',
    };
  }
  if (least !== undefined && value < least) return failed(`${value} is less than ${least}.`);
  if (most !== undefined && value > most) return failed(`${value} is more than ${most}.`);
  return { outcome: 'passed', note: `${value}` };
}

function failed(note: string): CheckResult {
  return { outcome: 'failed', note };
}

/**
 * Models end with their result: the last number counts. Commas between groups of three digits are read over; a minus
 * counts as a sign only where nothing stands right before it, so that `3-5` ends with 5.
 */
function lastNumber(text: string): number | undefined {
  const last = [...text.matchAll(/(?<![\w.])[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[-+]?\d+)?/gi)].at(
    -1,
  );
  const plain = last ?? [...text.matchAll(/(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?/g)].at(-1);
  return plain && Number(plain[0].replaceAll(',', '').replace('−', '-'));
}

/** `items.0.price` of an answer that is JSON; undefined for no such place. */
function fieldOf(answer: string, field: string): unknown {
  const checked = checkJson(answer, undefined);
  if (!('value' in checked)) return undefined;
  return field
    .split('.')
    .reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), checked.value);
}

/** Arrays too: their places are names. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
    ? Number(value)
    : undefined;
}
