/** The numbers that an answer names, whatever their spelling: `1,000` and `1000.0` are the same. */
import type { Said } from './agreement';

/** A sign only where a number may begin; commas only between groups of three digits. */
const numbers = /(?<![\w.])(?:(?<![^\s([$€£])[-−])?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:\s?%)?(?![\w])/g;
/** Numbers of list items say nothing. */
const itemNumbers = /^\s*\d+[.)]\s/gm;

export function saidNumbers(text: string): Said[] {
  const found = text.replaceAll(itemNumbers, '').match(numbers) ?? [];
  return found.map((written) => ({ key: keyOf(written), text: written }));
}

function keyOf(written: string): string {
  const value = Number(written.replace('−', '-').replaceAll(/[,\s%]/g, ''));
  return `${value}${written.endsWith('%') ? '%' : ''}`;
}
