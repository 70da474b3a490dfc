/** A share with its count and its interval, for people. */
import type { Share } from '../../compare/judge/ratings/share';

/** `12 of 20 (60 %, 95 % interval 39–78 %)` */
export function shareWords({ part, whole, value, low, high }: Share): string {
  if (value === undefined || low === undefined || high === undefined) return '0 of 0';
  return `${part} of ${whole} (${percent(value)} %, 95 % interval ${percent(low)}–${percent(high)} %)`;
}

export function percent(share: number): string {
  return (share * 100).toFixed(0);
}
