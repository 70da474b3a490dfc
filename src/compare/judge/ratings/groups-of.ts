/** Which models are joined by votes, directly or through others: only they have a scale in common. */
import type { PairCounts } from './pair-counts';

/** @returns of each model the number of its group, from 0 in the order of the models */
export function groupsOf({
  models,
  first,
  second,
}: Pick<PairCounts, 'models' | 'first' | 'second'>): number[] {
  const parents = models.map((_, place) => place);
  const rootOf = (place: number): number => {
    const parent = parents[place] ?? place;
    return parent === place ? place : (parents[place] = rootOf(parent));
  };
  for (const [pair, one] of first.entries()) parents[rootOf(second[pair] ?? one)] = rootOf(one);
  const numbers = new Map<number, number>();
  return models.map((_, place) => {
    const root = rootOf(place);
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    return number;
  });
}
