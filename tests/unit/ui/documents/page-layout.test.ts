import { expect, test } from 'vitest';
import { boxAt, heightOf, layOutPages } from '../../../../src/ui/documents/viewer/page-layout';

const sizes = [
  { width: 600, height: 800 },
  { width: 300, height: 400 },
  { width: 600, height: 300 },
];

test('all pages are drawn at one scale, the widest as wide as there is room', () => {
  const boxes = layOutPages(sizes, 300);
  expect(boxes.map(({ width }) => width)).toEqual([300, 150, 300]);
  expect(boxes.map(({ height }) => height)).toEqual([400, 200, 150]);
});

test('no page lies over another, and the last ends within the whole', () => {
  const boxes = layOutPages(sizes, 300);
  for (const [index, { top }] of boxes.entries()) {
    const before = boxes[index - 1];
    expect(top).toBeGreaterThan(before ? before.top + before.height : 0);
  }
  const last = boxes.at(-1);
  expect(heightOf(boxes)).toBeGreaterThan((last?.top ?? 0) + (last?.height ?? 0));
  expect(heightOf([])).toBe(0);
});

test('the page at a height', () => {
  const boxes = layOutPages(sizes, 300);
  expect(boxAt(boxes, -5)).toBe(0);
  expect(boxAt(boxes, boxes[1]?.top ?? 0)).toBe(1);
  expect(boxAt(boxes, (boxes[1]?.top ?? 0) - 1)).toBe(0);
  expect(boxAt(boxes, 99_999)).toBe(2);
  expect(boxAt([], 10)).toBe(0);
});
