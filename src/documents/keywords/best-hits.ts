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
    const score = scoreOf(place);
    const worst = best.length < limit ? undefined : best.at(-1);
    if ((worst && !isBetter(place, score, worst)) || !accepts(place)) continue;
    if (worst) best.pop();
    best.splice(rankOf(best, place, score), 0, { place, score });
  }
  return best;
}

function rankOf(best: readonly Scored[], place: number, score: number): number {
  let low = 0;
  let high = best.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = best[middle];
    if (other && isBetter(place, score, other)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function isBetter(place: number, score: number, other: Scored): boolean {
  return score > other.score || (score === other.score && place < other.place);
}
