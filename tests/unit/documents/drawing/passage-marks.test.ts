import { expect, test } from 'vitest';
import { passageMarks } from '../../../../src/documents/drawing/passage-marks';

/** A page of 200 × 100 points, upright: the file counts from below. */
const page = { width: 200, height: 100, convertToViewportPoint: (x: number, y: number) => [x, 100 - y] };
const item = (str: string, x: number, y: number, width: number) => ({
  str,
  dir: 'ltr',
  transform: [10, 0, 0, 10, x, y],
  width,
  height: 10,
  fontName: 'f',
  hasEOL: false,
});
const items = [item('Hello', 20, 80, 50), item('', 0, 0, 0), item('world again', 20, 60, 110)];
const spans = [
  { start: 0, end: 5, item: 0 },
  { start: 6, end: 17, item: 2 },
];

test('a whole piece is marked from its beginning to its end, around its baseline', () => {
  const [mark] = passageMarks(items, spans, { start: 0, end: 5 }, page);
  expect(mark?.text).toBe('Hello');
  expect(mark?.left).toBeCloseTo(0.1);
  expect(mark?.width).toBeCloseTo(0.25);
  const baseline = 0.2;
  expect(mark?.top).toBeLessThan(baseline - 0.08);
  expect((mark?.top ?? 0) + (mark?.height ?? 0)).toBeGreaterThan(baseline);
});

test('of a piece that the passage cuts, its share of the letters is marked', () => {
  const marks = passageMarks(items, spans, { start: 3, end: 11 }, page);
  expect(marks.map(({ text }) => text)).toEqual(['lo', 'world']);
  expect(marks[0]?.left).toBeCloseTo((20 + 30) / 200);
  expect(marks[1]?.left).toBeCloseTo(0.1);
  expect(marks[1]?.width).toBeCloseTo(50 / 200);
});

test('nothing is marked outside the passage, nor where it holds blanks only', () => {
  expect(passageMarks(items, spans, { start: 5, end: 6 }, page)).toEqual([]);
  expect(passageMarks(items, spans, { start: 11, end: 12 }, page)).toEqual([]);
});

test('text that runs upwards is marked upright', () => {
  const turned = { ...item('Hello', 100, 20, 50), transform: [0, 10, -10, 0, 100, 20] };
  const [mark] = passageMarks([turned], [{ start: 0, end: 5, item: 0 }], { start: 0, end: 5 }, page);
  expect((mark?.height ?? 0) * page.height).toBeCloseTo(50);
  expect((mark?.width ?? 0) * page.width).toBeLessThan(15);
  expect(mark?.left).toBeLessThan(0.5);
});
