import { expect, test } from 'vitest';
import { jsonFields } from '../../../../src/compare/differences/json-fields';

test('field by field, in a fence or without, whatever their order', () => {
  const fields = jsonFields([
    '{"city": "Paris", "size": {"people": 2, "area": []}}',
    '```json\n{"size": {"people": 3, "area": []}, "city": "Paris"}\n```',
    'It is Paris.',
  ]);
  expect(fields).toEqual([
    { path: 'city', values: ['"Paris"', '"Paris"', undefined], isSame: true },
    { path: 'size.people', values: ['2', '3', undefined], isSame: false },
    { path: 'size.area', values: ['[]', '[]', undefined], isSame: true },
  ]);
});

test('a field that one lacks differs, and so do items of a list', () => {
  expect(jsonFields(['[1, 2]', '[1]'])).toEqual([
    { path: '[0]', values: ['1', '1'], isSame: true },
    { path: '[1]', values: ['2', undefined], isSame: false },
  ]);
});

test('one that is JSON is not enough, and a lone word is an answer like any other', () => {
  expect(jsonFields(['{"a": 1}', 'Hello'])).toBeUndefined();
  expect(jsonFields(['"yes"', '42'])).toBeUndefined();
});
