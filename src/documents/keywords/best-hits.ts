/** The best few of many scores, without putting all in order. */

export interface Scored {
  readonly place: number;
  readonly score: number;
}

/**
 * Highest score first; of the same score the lower place.
 * @param places none twice
 * @param accepts asked only of those that would be among the best
 */
export function bestHits(
  places: Iterable<number>,
  scoreOf: (place: number) => number,
  limit: number,
  accepts: (place: number) => boolean,
): Scored[] {
  const best: Scored[] = [];
  if (limit < 1) return best;
  for (const place of places) {
    const hit = { place, score: scoreOf(place) };
    const worst = best.length < limit ? undefined : best.at(-1);
    if ((worst && !isBetter(hit, worst)) || !accepts(place)) continue;
    if (worst) best.pop();
    best.splice(rankOf(best, hit), 0, hit);
  }
  return best;
}

function rankOf(best: readonly Scored[], hit: Scored): number {
  let low = 0;
  let high = best.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = best[middle];
    if (other && isBetter(other, hit)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isBetter(one: Scored, other: Scored): boolean {
  return one.score > other.score || (one.score === other.score && one.place < other.place);
}
