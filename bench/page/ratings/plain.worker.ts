/**
 * Ratings with intervals as one would write them first, independent of ours: votes are drawn one by one into a table
 * of all models, and all strengths are renewed at once from the old ones (Hunter 2004, formula 3).
 */
import type { Ballot } from '../../../src/compare/judge/ratings/pair-counts';

export interface PlainRequest {
  readonly ballots: readonly Ballot[];
  readonly samples: number;
}

export interface PlainRating {
  readonly model: string;
  readonly points: number;
  readonly low: number;
  readonly high: number;
}

self.onmessage = ({ data }: MessageEvent<PlainRequest>): void => self.postMessage(rate(data));

function rate({ ballots, samples }: PlainRequest): PlainRating[] {
  const models = [...new Set(ballots.flatMap(({ left, right }) => [left, right]))];
  const places = new Map(models.map((model, place) => [model, place]));
  const points = fit(ballots, places);
  const drawn = Array.from({ length: samples }, () => {
    const sample = ballots.map(() => ballots[Math.floor(Math.random() * ballots.length)]);
    return fit(
      sample.filter((ballot) => ballot !== undefined),
      places,
    );
  });
  return models.map((model, place) => {
    const sorted = drawn.map((one) => one[place] ?? 0).sort((a, b) => a - b);
    return {
      model,
      points: points[place] ?? 0,
      low: sorted[Math.floor(samples * 0.025)] ?? 0,
      high: sorted[Math.ceil(samples * 0.975) - 1] ?? 0,
    };
  });
}

function fit(ballots: readonly Ballot[], places: ReadonlyMap<string, number>): number[] {
  // The last one is the average model, which everybody tied with once.
  const players = [...places.keys(), 'average'];
  const wins = players.map(() => players.map(() => 0));
  const win = (winner = 0, loser = 0, share: number): void => {
    const row = wins[winner];
    if (row) row[loser] = (row[loser] ?? 0) + share;
  };
  for (const { left, right, outcome } of ballots) {
    const [one, other] = [places.get(left), places.get(right)];
    if (outcome !== 'right') win(one, other, outcome === 'left' ? 1 : 0.5);
    if (outcome !== 'left') win(other, one, outcome === 'right' ? 1 : 0.5);
  }
  const average = players.length - 1;
  for (const place of places.values()) {
    win(place, average, 0.5);
    win(average, place, 0.5);
  }
  let strengths = wins.map(() => 1);
  for (let round = 0; round < 10_000; round++) {
    const before = strengths;
    strengths = before.map((own, model) => {
      let [won, expected] = [0, 0];
      for (const [other, strength] of before.entries()) {
        const games = (wins[model]?.[other] ?? 0) + (wins[other]?.[model] ?? 0);
        won += wins[model]?.[other] ?? 0;
        expected += games / (own + strength);
      }
      return won / expected;
    });
    const change = Math.max(
      ...strengths.map((own, model) => Math.abs(Math.log(own / (before[model] ?? own)))),
    );
    if (change < 1e-6) break;
  }
  const logs = strengths.slice(0, average).map(Math.log);
  const mean = logs.reduce((sum, one) => sum + one, 0) / logs.length;
  return logs.map((one) => 1000 + ((one - mean) * 400) / Math.LN10);
}
