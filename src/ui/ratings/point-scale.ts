/** From points to places of a picture: where the scale begins and ends, and which round numbers stand on it. */
import type { Rating } from '../../compare/judge/ratings/rate-models';

export interface PointScale {
  readonly least: number;
  readonly most: number;
  /** Round numbers within, two to seven of them. */
  readonly ticks: readonly number[];
  /** 0 at the left end, 1 at the right end. */
  readonly share: (points: number) => number;
}

const steps = [25, 50, 100, 200, 400, 800, 1600];
const mostTicks = 6;

/** Wide enough for all dots and intervals, and never so narrow that a few points look like a gulf. */
export function pointScale(ratings: readonly Rating[]): PointScale {
  const values = ratings.flatMap(({ points, interval }) => [
    points,
    ...(interval ? [interval.low, interval.high] : []),
  ]);
  const [low, high] = [Math.min(...values, 950), Math.max(...values, 1050)];
  const step = steps.find((one) => (high - low) / one < mostTicks - 1) ?? 3200;
  const least = Math.floor(low / step) * step;
  const most = Math.ceil(high / step) * step;
  const ticks = Array.from(
    { length: Math.round((most - least) / step) + 1 },
    (_, index) => least + index * step,
  );
  return { least, most, ticks, share: (points) => (points - least) / (most - least) };
}
