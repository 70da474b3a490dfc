import { expect, it } from 'vitest';
import { type BackendEntry, modelLabel } from '../../../src/state/backend-entry';

const entry: BackendEntry = {
  connection: { id: 'transformers', kind: 'transformers', label: 'In this page' },
  state: 'ready',
  models: [
    { id: 'a/q8', label: 'Tiny', quantization: 'q8' },
    { id: 'a/q4', label: 'Tiny', quantization: 'q4' },
    { id: 'b', label: 'Other', quantization: 'q4' },
    { id: 'c' },
  ],
};

it.each([
  ['a/q8', 'Tiny q8'],
  ['a/q4', 'Tiny q4'],
  ['b', 'Other'],
  ['c', 'c'],
  ['gone', 'gone'],
])('%s is called %s', (id, label) => {
  expect(modelLabel(entry, id)).toBe(label);
});
