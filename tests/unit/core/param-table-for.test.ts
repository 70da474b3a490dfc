import { expect, it } from 'vitest';
import { serverPresets } from '../../../src/backends/presets';
import { wllamaParams, wllamaPlainParams } from '../../../src/backends/wllama/params';
import { paramTableFor } from '../../../src/core/param-table-for';

const wllama = { params: wllamaParams, plainParams: wllamaPlainParams };

it('takes the table of the way in which is asked', () => {
  expect(paramTableFor(wllama, false)).toBe(wllamaParams);
  expect(paramTableFor(wllama, true)).toBe(wllamaPlainParams);
});

it('takes the only table of a backend that has one', () => {
  expect(paramTableFor({ params: wllamaParams }, true)).toBe(wllamaParams);
});

it.each(Object.entries(serverPresets))(
  'without a chat template, nobody is asked to think: %s',
  (_kind, preset) => {
    expect(preset.plainParams.thinking).toBe('unsupported');
  },
);
