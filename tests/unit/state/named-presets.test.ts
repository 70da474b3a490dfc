/** Texts under names: nothing is lost and no two share a name. */
import { expect, test } from 'vitest';
import {
  addPreset,
  changePreset,
  chosenPreset,
  type PresetChoice,
  removePreset,
} from '../../../src/state/named-presets';
import { defaultSettings } from '../../../src/state/setting-values';
import { systemPromptInForce } from '../../../src/state/system-prompt';

const none: PresetChoice = { presets: [], chosenId: null };

test('what is added is chosen, and gets a name of its own', () => {
  const two = addPreset(addPreset(none, 'Short', 'Be brief.'), 'Short', 'Be very brief.');
  expect(two.presets.map(({ name }) => name)).toEqual(['Short', 'Short 2']);
  expect(chosenPreset(two)).toMatchObject({ name: 'Short 2', text: 'Be very brief.' });
});

test('a change concerns one preset; an empty name is refused', () => {
  const two = addPreset(addPreset(none, 'A', 'a'), 'B', 'b');
  const [first, second] = two.presets;
  const changed = changePreset(two, second?.id ?? '', { name: ' A ', text: 'c' });
  expect(changed.presets).toEqual([first, { ...second, name: 'A 2', text: 'c' }]);
  expect(changePreset(two, second?.id ?? '', { name: '  ' }).presets).toEqual(two.presets);
});

test('the chosen one that is removed leaves none chosen', () => {
  const two = addPreset(addPreset(none, 'A', 'a'), 'B', 'b');
  const [first, second] = two.presets;
  expect(removePreset(two, second?.id ?? '')).toEqual({ presets: [first], chosenId: null });
  expect(removePreset(two, first?.id ?? '').chosenId).toBe(two.chosenId);
});

test('the prompt in force is the chosen one, or the text without a name; an empty one is none', () => {
  const kept = addPreset(none, 'Short', 'Be brief.');
  const values = { ...defaultSettings, systemPrompt: 'Old text.', systemPrompts: [...kept.presets] };
  expect(systemPromptInForce(values)).toEqual({ text: 'Old text.' });
  expect(systemPromptInForce({ ...values, systemPromptId: kept.chosenId })).toEqual({
    name: 'Short',
    text: 'Be brief.',
  });
  expect(systemPromptInForce({ ...values, systemPrompt: ' ' })).toBeUndefined();
  // One that was deleted in another tab.
  expect(systemPromptInForce({ ...values, systemPromptId: 'gone' })).toEqual({ text: 'Old text.' });
});
