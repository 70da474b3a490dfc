import { expect, test } from 'vitest';
import { defaultSettings, readSettings } from '../../../src/state/setting-values';

test('nothing stored is the defaults', () => {
  expect(readSettings(new Map())).toEqual(defaultSettings);
});

test('a stored value is taken when it fits and left when it does not', () => {
  const settings = readSettings(
    new Map<string, never>(
      Object.entries({
        theme: 'dark',
        params: { temperature: 'hot' },
        selection: { backendId: 'b', modelId: 'm' },
        systemPrompt: 7,
      }) as [string, never][],
    ),
  );
  expect(settings).toEqual({
    ...defaultSettings,
    theme: 'dark',
    selection: { backendId: 'b', modelId: 'm' },
  });
});
