import { expect, test } from 'vitest';
import { beginningOf, dayOf, filterWords } from '../../../src/ui/chat/documents/filter-words';

const names: Readonly<Record<string, string>> = {
  a: 'a.pdf',
  b: 'b.pdf',
  c: 'c.pdf',
  d: 'd.pdf',
  e: 'e.pdf',
};
const words = (filter: Parameters<typeof filterWords>[0]): string => filterWords(filter, (id) => names[id]);

test('names files, counts those beyond the first, and says days', () => {
  expect(words({ documentIds: ['a', 'gone'] })).toBe('only a.pdf, a file that is not here any more');
  expect(words({ documentIds: ['a', 'b', 'c', 'd', 'e'] })).toBe('only a.pdf, b.pdf, c.pdf and 2 more');
  expect(words({ documentIds: ['a'], from: new Date(2026, 0, 5).getTime() })).toBe(
    'only a.pdf; changed or added since 2026-01-05',
  );
  expect(words({ until: new Date(2026, 10, 30).getTime() })).toBe('changed or added until 2026-11-30');
});

test('a day begins where the person is', () => {
  const time = beginningOf('2026-03-09');
  expect(time).toBe(new Date(2026, 2, 9).getTime());
  expect(dayOf(time ?? 0)).toBe('2026-03-09');
  for (const none of ['', 'tomorrow', '2026-13-01']) expect(beginningOf(none)).toBeUndefined();
});
