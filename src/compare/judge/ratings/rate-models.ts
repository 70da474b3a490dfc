/** Ratings of all models that were voted on, with intervals: what the worker computes and the screen shows. */
import { bradleyTerry, pairScores } from './bradley-terry';
import { groupsOf } from './groups-of';
import type { PairCounts } from './pair-counts';
import { type Interval, percentiles } from './percentiles';
import { resampler } from './resampler';
import { seededRandom } from '../../../platform/seeded-random';

export interface Rating {
  readonly model: string;
  /** As of Elo: 400 points are odds of ten to one; the mean of all models is 1000. */
  readonly points: number;
  /** Absent where too few votes stand behind it to say. */
  readonly interval?: RatingInterval;
  readonly votes: number;
  readonly wins: number;
  readonly losses: number;
  /** Both bad included. */
  readonly ties: number;
  /** Number of the group, from 0: models of different groups never met, so their points cannot be compared. */
  readonly group: number;
}

export interface RatingInterval extends Interval {
  /** It won all or lost all: how much further it reaches on that side nobody can tell. */
  readonly isOpen?: 'above' | 'below';
}

export interface RatingOptions {
  /** Samples behind the intervals. */
  readonly samples?: number;
  /** The same seed gives the same intervals. */
  readonly seed?: number;
}

/** Fewer say so little that an interval from samples of them would feign exactness. */
export const fewestVotes = 10;

const mean = 1000;
const pointsPerUnit = 400 / Math.LN10;

/** Best first. */
export function rateModels(
  counts: PairCounts,
  { samples = 200, seed = 1 }: RatingOptions = {},
): readonly Rating[] {
  const { models } = counts;
  const fit = bradleyTerry(counts);
  const strengths = fit(pairScores(counts));
  const sample = resampler(counts, seededRandom(seed));
  const drawn = Array.from({ length: samples }, () => fit(sample(), strengths));
  const records = recordsOf(counts);
  const groups = groupsOf(counts);
  return models
    .map((model, place): Rating => {
      const { wins = 0, losses = 0, ties = 0 } = records[place] ?? {};
      const votes = wins + losses + ties;
      const isOpen = losses + ties === 0 ? 'above' : wins + ties === 0 ? 'below' : undefined;
      const sampled = drawn.map((one) => pointsOf(one[place]));
      return {
        model,
        points: pointsOf(strengths[place]),
        ...(votes >= fewestVotes &&
          samples > 0 && { interval: { ...percentiles(sampled), ...(isOpen && { isOpen }) } }),
        votes,
        wins,
        losses,
        ties,
        group: groups[place] ?? 0,
      };
    })
    .sort((a, b) => b.points - a.points);
}

function pointsOf(strength = 0): number {
  return mean + strength * pointsPerUnit;
}

interface Tally {
  wins: number;
  losses: number;
  ties: number;
}

function recordsOf({ models, first, second, firstWins, secondWins, ties }: PairCounts): readonly Tally[] {
  const records = models.map((): Tally => ({ wins: 0, losses: 0, ties: 0 }));
  const note = (place: number, wins = 0, losses = 0, even = 0): void => {
    const record = records[place];
    if (!record) return;
    record.wins += wins;
    record.losses += losses;
    record.ties += even;
  };
  for (const [pair, one] of first.entries()) {
    note(one, firstWins[pair], secondWins[pair], ties[pair]);
    note(second[pair] ?? 0, secondWins[pair], firstWins[pair], ties[pair]);
  }
  return records;
}
