/** Whom each model met: the pairs, seen from every model. */
import type { PairCounts } from './pair-counts';

/** Of a model: `models[place]` in the pair `pairs[place]`, for the places from `begins[model]` to `begins[model + 1]`. */
export interface Meetings {
  readonly begins: Int32Array;
  readonly models: Int32Array;
  readonly pairs: Int32Array;
}

export function meetingsOf({ models, first, second }: PairCounts): Meetings {
  const met = models.map((): [model: number, pair: number][] => []);
  for (const [pair, one] of first.entries()) {
    const other = second[pair] ?? 0;
    met[one]?.push([other, pair]);
    met[other]?.push([one, pair]);
  }
  const begins = new Int32Array(models.length + 1);
  for (const [model, ones] of met.entries()) begins[model + 1] = (begins[model] ?? 0) + ones.length;
  const all = met.flat();
  return {
    begins,
    models: Int32Array.from(all, ([model]) => model),
    pairs: Int32Array.from(all, ([, pair]) => pair),
  };
}
