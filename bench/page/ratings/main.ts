/** Has the same votes rated by the worker of the page and by a plain one, from the votes to the ratings; and what length does. */
import { lengthBallots } from '../../../src/compare/judge/ratings/length-ballots';
import { pairCounts } from '../../../src/compare/judge/ratings/pair-counts';
import { reckonLengthEffect, reckonRatings } from '../../../src/compare/judge/ratings/reckon-ratings';
import { seededRandom } from '../../../src/platform/seeded-random';
import { madeVotes, type VoteOrder } from './made-votes';
import type { PlainRating, PlainRequest } from './plain.worker';

export interface Outcome {
  /** Milliseconds, the start of the worker among them. */
  readonly ms: number;
  /** By model: points, lower and upper end of the interval. */
  readonly ratings: Readonly<Record<string, readonly [points: number, low: number, high: number]>>;
}

type Subject = (order: VoteOrder) => Promise<Outcome>;

const switchyard: Subject = async (order) => {
  const ballots = madeVotes(order);
  const begun = performance.now();
  const { samples } = order;
  const ratings = await reckonRatings(pairCounts(ballots), new AbortController().signal, { samples });
  const ms = performance.now() - begun;
  const none = { low: Number.NaN, high: Number.NaN };
  const entries = ratings.map(({ model, points, interval: { low, high } = none }) => {
    return [model, [points, low, high]] as const;
  });
  return { ms, ratings: Object.fromEntries(entries) };
};

const plain: Subject = async (order) => {
  const ballots = madeVotes(order);
  const begun = performance.now();
  const worker = new Worker(new URL('./plain.worker.ts', import.meta.url), { type: 'module' });
  const ratings = await new Promise<readonly PlainRating[]>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<readonly PlainRating[]>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage({ ballots, samples: order.samples } satisfies PlainRequest);
  });
  const ms = performance.now() - begun;
  worker.terminate();
  const entries = ratings.map(({ model, points, low, high }) => [model, [points, low, high]] as const);
  return { ms, ratings: Object.fromEntries(entries) };
};

/** @returns milliseconds, the start of the worker among them */
async function lengthEffect(order: VoteOrder): Promise<number> {
  const random = seededRandom(order.seed);
  const side = (modelKey: string) => {
    return { modelKey, label: '', answerId: '', length: Math.round(200 * Math.exp(random() * 3)) };
  };
  const votes = madeVotes(order).map((ballot) => {
    return { ...ballot, left: side(ballot.left), right: side(ballot.right) };
  });
  const begun = performance.now();
  const { samples } = order;
  await reckonLengthEffect(lengthBallots(votes), new AbortController().signal, { samples });
  return performance.now() - begun;
}

Object.assign(window, { subjects: { switchyard, plain }, lengthEffect });
