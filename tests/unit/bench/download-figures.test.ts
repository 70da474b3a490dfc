/** What the cutting server is asked for, and what becomes of the figures. */
import { describe, expect, it } from 'vitest';
import { faultQuery, summary, type Figures, type Trial } from '../../../bench/download/figures.mjs';

describe('faultQuery', () => {
  it('cuts after equal parts, one more than there are cuts', () => {
    const query = new URLSearchParams(faultQuery({ kind: 'cuts', cuts: 3, bytes: 1001 }));
    expect(Object.fromEntries(query)).toEqual({ bytes: '1001', pause: '1', cut: '251', cuts: '3' });
  });

  it('lets the server send as fast as it can where speed is measured', () => {
    expect(faultQuery({ kind: 'speed', cuts: 0, bytes: 1000 })).toBe('bytes=1000');
  });
});

describe('summary', () => {
  const cut: Trial = { kind: 'cuts', cuts: 1, bytes: 4e6 };
  const fast: Trial = { kind: 'speed', cuts: 0, bytes: 4e6 };
  const figure = (trial: Trial, subject: string, seconds: number, movedShare = 1): Figures => ({
    trial,
    subject,
    seconds,
    requests: 2,
    movedShare,
  });
  const { rows, ratios } = summary(2, [
    figure(cut, 'switchyard', 2),
    figure(cut, 'transformers.js', 4, 1.5),
    figure(cut, 'transformers.js', 8, 1.5),
    figure(cut, 'switchyard', 2),
    figure(fast, 'switchyard', 1),
    figure(fast, 'switchyard, checked', 4),
    figure(fast, 'plain fetch', 2),
  ]);

  it('has one row per subject and metric, over all rounds', () => {
    expect(rows).toContainEqual({
      subject: 'transformers.js',
      metric: 'time, 1 cut',
      unit: 's',
      p50: 6,
      p95: expect.closeTo(7.8, 9) as number,
      n: 2,
    });
    expect(rows).toHaveLength(2 * 3 + 3);
  });

  it('compares rounds in their order', () => {
    const time = ratios.find(({ metric }) => metric === 'time, 1 cut');
    expect(time).toMatchObject({ against: 'transformers.js', median: 0.375, min: 0.25, max: 0.5 });
  });

  it('compares bytes with Transformers.js and with the file itself', () => {
    const moved = ratios.filter(({ metric }) => metric === 'bytes moved, 1 cut');
    expect(moved.map(({ against, median }) => [against, median])).toEqual([
      ['transformers.js', expect.closeTo(2 / 3, 9)],
      ['file size', 1],
    ]);
  });

  it('counts speed in megabytes per second, more being better', () => {
    const speed = ratios.filter(({ metric }) => metric === 'throughput without cuts');
    expect(speed.map(({ subject, median }) => [subject, median])).toEqual([
      ['switchyard', 2],
      ['switchyard, checked', 0.5],
    ]);
  });
});
