/** Preferences are written through; keys are not, unless the person asks. */
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Notices } from '../../../src/state/notices.svelte';
import { Settings } from '../../../src/state/settings.svelte';
import { SwitchyardDatabase } from '../../../src/storage/database';
import { SettingStore } from '../../../src/storage/setting-store';

let database: SwitchyardDatabase;

beforeEach(() => {
  database = new SwitchyardDatabase(`settings-${crypto.randomUUID()}`);
});
afterEach(() => deleteDB(database.name));

/** As a page does that is opened later. */
async function openAgain(): Promise<Settings> {
  const settings = new Settings(new SettingStore(database), new Notices());
  await settings.open();
  return settings;
}

const stored = async (): Promise<string> =>
  JSON.stringify(await (await database.connect()).getAll('settings'));

test('a preference is there after a reload, a cleared one is not', async () => {
  const settings = await openAgain();
  settings.set('theme', 'dark');
  settings.set('params', { temperature: 0.2, seed: undefined });
  await expect.poll(stored).toContain('temperature');
  const { values } = await openAgain();
  expect(values.theme).toBe('dark');
  expect(values.params).toEqual({ temperature: 0.2 });
});

test('what is read while a newer value is being written does not bring the old one back', async () => {
  const settings = await openAgain();
  for (let turn = 0; turn < 10; turn++) {
    // Its change is read at once, which takes longer than to type the next letter.
    await new SettingStore(database).write('theme', 'dark');
    settings.set('systemPrompt', `${turn}`);
    const seen = new Set<string>();
    for (let look = 0; look < 20; look++) {
      await new Promise((resolve) => setTimeout(resolve));
      seen.add(settings.values.systemPrompt);
    }
    expect([...seen]).toEqual([`${turn}`]);
  }
});

test('what did not change stays the same object, here and after a change in another tab', async () => {
  const settings = await openAgain();
  settings.set('selection', { backendId: 'b', modelId: 'm' });
  const { selection } = settings.values;
  const otherTab = await openAgain();
  otherTab.set('theme', 'dark');
  await expect.poll(() => settings.values.theme).toBe('dark');
  expect(settings.values.selection).toBe(selection);
});

test('a typed key stays in memory', async () => {
  const settings = await openAgain();
  settings.setKey('server', 'secret', false);
  expect(settings.keys.get('server')).toBe('secret');
  await expect.poll(stored).toContain('rememberedKeys');
  expect(await stored()).not.toContain('secret');
  expect((await openAgain()).keys.has('server')).toBe(false);
});

test('a key that is to be remembered is, until it is taken back', async () => {
  const settings = await openAgain();
  settings.setKey('server', 'secret', true);
  await expect.poll(stored).toContain('secret');
  const later = await openAgain();
  expect(later.keys.get('server')).toBe('secret');
  later.setKey('server', '', false);
  await expect.poll(stored).not.toContain('secret');
  expect(later.keys.has('server')).toBe(false);
});
