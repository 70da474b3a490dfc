/** The scale of a picture of ratings. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Rating } from '../../../../src/compare/judge/ratings/rate-models';
import { pointScale } from '../../../../src/ui/ratings/point-scale';

const rating = (points: number, half: number): Rating => ({
  model: `${points}`,
  points,
  interval: { low: points - half, high: points + half },
  votes: 20,
  wins: 10,
  losses: 10,
  ties: 0,
  group: 0,
});

it('holds every dot and interval, has two to seven round numbers, and is never narrower than 100 points', () => {
  // Tenths of points: nobody has a rating of 1e-320.
  const points = fc.integer({ min: -30_000, max: 50_000 }).map((tenths) => tenths / 10);
  const half = fc.integer({ min: 0, max: 15_000 }).map((tenths) => tenths / 10);
  fc.assert(
    fc.property(fc.array(fc.tuple(points, half), { minLength: 1, maxLength: 12 }), (all) => {
      const ratings = all.map(([value, width]) => rating(value, width));
      const { least, most, ticks, share } = pointScale(ratings);
      expect(most - least).toBeGreaterThanOrEqual(100);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(7);
      expect([ticks[0], ticks.at(-1)]).toEqual([least, most]);
      for (const { interval } of ratings) {
        expect(share(interval?.low ?? Number.NaN)).toBeGreaterThanOrEqual(0);
        expect(share(interval?.high ?? Number.NaN)).toBeLessThanOrEqual(1);
      }
    }),
  );
});
