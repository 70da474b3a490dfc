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
  const points = fc.double({ min: -3000, max: 5000, noNaN: true });
  const half = fc.double({ min: 0, max: 1500, noNaN: true });
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
