/** What is made of the measurements of two sides, against values worked out by hand. */
import { expect, it } from 'vitest';
import { summarizeCase } from '../../../../bench/engines/summary.mjs';

const read = (readTokens: number, firstMs: number) => ({ readTokens, firstMs, answerTokens: 1, restMs: 1 });
const written = (answerTokens: number, restMs: number) => ({
  readTokens: 4,
  firstMs: 5,
  answerTokens,
  restMs,
});
const ours = { load: [300], read: [read(100, 50)], written: [written(101, 250)], busy: [90] };
const raw = { load: [200], read: [read(100, 40)], written: [written(101, 200)], busy: [60] };

it('gives speeds, leaves the first token to the prefill, and compares the two sides', () => {
  const { rows, ratios } = summarizeCase('some model', ours, raw);
  const found = Object.fromEntries(rows.map(({ subject, metric, p50 }) => [`${subject}: ${metric}`, p50]));
  expect(found).toEqual({
    'switchyard: load, some model': 300,
    'raw: load, some model': 200,
    'switchyard: time to first token, some model': 50,
    'raw: time to first token, some model': 40,
    'switchyard: prefill, some model': 2000,
    'raw: prefill, some model': 2500,
    'switchyard: decode, some model': 400,
    'raw: decode, some model': 500,
    'switchyard: processor time, some model': 90,
    'raw: processor time, some model': 60,
    'switchyard: added to decode, some model': 500,
  });
  expect(ratios.map(({ metric, median }) => [metric, median])).toEqual([
    ['load, some model', 1.5],
    ['time to first token, some model', 1.25],
    ['prefill, some model', 0.8],
    ['decode, some model', 0.8],
    ['processor time, some model', 1.5],
  ]);
});

it('refuses to compare answers of different length', () => {
  const shorter = { ...raw, written: [written(100, 200)] };
  expect(() => summarizeCase('some model', ours, shorter)).toThrow('wrote 101 tokens, the other 100');
});

it('refuses to compare a prompt that was read with one from a cache', () => {
  const cached = { ...ours, read: [read(1, 5)] };
  expect(() => summarizeCase('some model', cached, raw)).toThrow('read 1 tokens of a prompt, the other 100');
});

it('does not mind that the beginning of a chat template was cached', () => {
  const cached = { ...ours, read: [read(97, 50)] };
  expect(summarizeCase('some model', cached, raw).ratios).toHaveLength(5);
});
