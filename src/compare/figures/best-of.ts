/** Which of several figures is the best one. */
import type { Figure, FigureName } from './figure';

type Order = 'lower' | 'higher';

/** Of counts none is better than another. */
const orders: Readonly<Partial<Record<FigureName, Order>>> = {
  firstToken: 'lower',
  prefill: 'higher',
  decode: 'higher',
  load: 'lower',
  memory: 'lower',
  cost: 'lower',
  total: 'lower',
};

/**
 * Places of the best. None where fewer than two are known, where all are alike, and where an estimate would win: what
 * was guessed beats nothing that was measured.
 */
export function bestOf(name: FigureName, figures: readonly (Figure | undefined)[]): ReadonlySet<number> {
  const order = orders[name];
  const known = figures.flatMap((figure, place) => (figure ? [{ ...figure, place }] : []));
  if (!order || known.length < 2) return new Set();
  const values = known.map(({ value }) => value);
  const best = order === 'lower' ? Math.min(...values) : Math.max(...values);
  const winners = known.filter(({ value }) => value === best);
  if (winners.length === known.length || winners.some(({ isEstimated }) => isEstimated)) return new Set();
  return new Set(winners.map(({ place }) => place));
}
