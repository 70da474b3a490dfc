/** The run of an answer: its manifest, the same again, and the same seed twice. */
import { readFile } from 'node:fs/promises';
import { ComparePage } from './compare-page';
import { expect, test } from './scripted';

test('a manifest is shown, copied and saved; a replay stands beside the first, and says what came of it', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const compare = new ComparePage(page);
  await compare.open('plain', 'moody');
  await compare.ask('Hello');
  const steady = compare.answer(1);
  await steady.getByText('Settings of this answer').click();
  await steady.getByRole('button', { name: 'Copy manifest' }).click();
  const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as object;
  expect(copied).toMatchObject({
    format: 'switchyard-run/1',
    model: { id: 'plain' },
    engine: { backendId: 'openai', kind: 'openai' },
    request: { messages: [{ role: 'user', text: 'Hello' }], promptFormat: 'chat' },
    answer: { text: 'Hello from the server.', state: 'done' },
    usage: { promptTokens: 7, completionTokens: 3 },
  });
  const downloading = page.waitForEvent('download');
  await steady.getByRole('button', { name: 'Download manifest' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^run-plain-.*\.json$/);
  expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toEqual(copied);

  await steady.getByRole('button', { name: 'Replay' }).click();
  await expect(steady).toContainText('Replay of an earlier answer. Identical to the last character.');
  await expect(steady).toContainText('2 / 2');

  const moody = compare.answer(2);
  await moody.getByText('Settings of this answer').click();
  await moody.getByRole('button', { name: 'Replay' }).click();
  await expect(moody).toContainText('It differs from word 3 on');
  await expect(moody).toContainText('No seed was set, so another answer is to be expected.');
  await moody.getByText('What differs from the first').click();
  await expect(moody.getByRole('insertion')).toHaveText(/^\[added: \d+\]$/);

  await page.reload();
  await expect(compare.answer(1)).toContainText('Identical to the last character.');
});

test('a manifest that was saved opens as a lane, and is replayed there', async ({ page }) => {
  const compare = new ComparePage(page);
  await compare.open('plain', 'other');
  await compare.ask('Hello');
  await compare.answer(2).getByText('Settings of this answer').click();
  const downloading = page.waitForEvent('download');
  await compare.answer(2).getByRole('button', { name: 'Download manifest' }).click();
  const path = await (await downloading).path();
  await page.getByRole('button', { name: 'Export and import' }).click();
  await page.getByLabel('Exported comparison or manifest').setInputFiles(path);
  await expect(page.getByRole('region', { name: /^Lane 1: .*other$/ })).toBeVisible();
  await expect(compare.lane(2)).toHaveCount(0);
  await expect(compare.answer(1)).toContainText('Hello from the cellar.');
  await compare.answer(1).getByText('Settings of this answer').click();
  await compare.answer(1).getByRole('button', { name: 'Replay' }).click();
  await expect(compare.answer(1)).toContainText('Identical to the last character.');
});

test('the same seed twice, by keyboard: one lane says the same, the other does not', async ({ page }) => {
  const compare = new ComparePage(page);
  await compare.open('plain', 'moody');
  await page.getByRole('button', { name: 'More for Lane 1' }).click();
  await expect(compare.lane(1).getByRole('button', { name: 'Same seed twice' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await compare.ask('Hello');
  for (const [number, outcome] of [
    [1, 'Identical to the last character.'],
    [2, 'The seed was sent, and did not bring the same'],
  ] as const) {
    await page.getByRole('button', { name: `More for Lane ${number}` }).press('Enter');
    await compare.lane(number).getByRole('button', { name: 'Same seed twice' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: `Same seed twice: Lane ${number}` });
    await dialog.getByRole('button', { name: 'Ask twice' }).press('Enter');
    await expect(dialog.getByRole('status')).toContainText(outcome);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: `More for Lane ${number}` })).toBeFocused();
    await expect(compare.answer(number)).toContainText('3 / 3');
  }
});
