/** Votes as counts per pair of models: all that ratings need of them, and small enough for a worker. */
import type { VoteOutcome } from '../../../core/vote';

export interface Ballot {
  readonly left: string;
  readonly right: string;
  readonly outcome: VoteOutcome;
}

/** Row `index` of each list belongs to the pair `first[index]`, `second[index]`, which are places in `models`. */
export interface PairCounts {
  readonly models: readonly string[];
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly firstWins: readonly number[];
  readonly secondWins: readonly number[];
  /** Both bad included. */
  readonly ties: readonly number[];
}

/** Votes over a model and itself say nothing and are left out. */
export function pairCounts(ballots: Iterable<Ballot>): PairCounts {
  const places = new Map<string, number>();
  const pairs = new Map<string, Pair>();
  for (const { left, right, outcome } of ballots) {
    if (left === right) continue;
    const [a, b] = [placeOf(places, left), placeOf(places, right)];
    const isTurned = a > b;
    const pair = pairOf(pairs, isTurned ? b : a, isTurned ? a : b);
    if (outcome === 'tie' || outcome === 'both-bad') pair.ties++;
    else if ((outcome === 'left') !== isTurned) pair.firstWins++;
    else pair.secondWins++;
  }
  const all = [...pairs.values()];
  return {
    models: [...places.keys()],
    first: all.map(({ first }) => first),
    second: all.map(({ second }) => second),
    firstWins: all.map(({ firstWins }) => firstWins),
    secondWins: all.map(({ secondWins }) => secondWins),
    ties: all.map(({ ties }) => ties),
  };
}

interface Pair {
  readonly first: number;
  readonly second: number;
  firstWins: number;
  secondWins: number;
  ties: number;
}

function placeOf(places: Map<string, number>, model: string): number {
  const place = places.get(model) ?? places.size;
  places.set(model, place);
  return place;
}

function pairOf(pairs: Map<string, Pair>, first: number, second: number): Pair {
  const key = `${first} ${second}`;
  const pair = pairs.get(key) ?? { first, second, firstWins: 0, secondWins: 0, ties: 0 };
  pairs.set(key, pair);
  return pair;
}
