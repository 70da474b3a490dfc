/** System prompts kept under names, and which one an answer was given under. */
import type { Page } from '@playwright/test';
import { expect, scriptedLabel, test } from './scripted';

async function withSettings(page: Page, work: () => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: 'Answer settings' }).click();
  await work();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
}

test('a system prompt is kept under a name, chosen, copied and deleted', async ({ chat, page }) => {
  const text = page.getByRole('textbox', { name: 'System prompt', exact: true });
  const list = page.getByRole('combobox', { name: 'Kept system prompts' });
  const name = page.getByRole('textbox', { name: 'Name of this system prompt' });
  await chat.choose(`${scriptedLabel} · system`);
  expect(await chat.ask('What were you told?')).toBe('System: none');
  await chat.answer.getByText('Settings of this answer').click();
  await expect(chat.answer.getByRole('button', { name: 'Download manifest' })).toBeVisible();
  await expect(chat.answer.getByText('System prompt')).toHaveCount(0);

  await withSettings(page, async () => {
    await text.fill('Be brief.');
    await text.blur();
    await page.getByRole('button', { name: 'Keep under a name' }).click();
    await name.fill('Short');
    await name.blur();
    await page.getByRole('button', { name: 'Duplicate “Short”' }).click();
    await expect(name).toHaveValue('Short 2');
    await text.fill('Be very brief.');
    await text.blur();
  });
  expect(await chat.ask('And now?')).toBe('System: Be very brief.');
  await chat.answer.getByText('Settings of this answer').click();
  await expect(chat.answer.getByText('System prompt: Short 2')).toBeVisible();

  await page.reload();
  await withSettings(page, async () => {
    await list.selectOption('Short');
    await expect(text).toHaveValue('Be brief.');
  });
  expect(await chat.ask('And now?')).toBe('System: Be brief.');
  await withSettings(page, async () => {
    await page.getByRole('button', { name: 'Delete “Short”' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(list.getByRole('option')).toHaveText(['Custom', 'Short 2']);
    // The text without a name is still there.
    await expect(text).toHaveValue('Be brief.');
    await text.fill('');
    await text.blur();
  });
  expect(await chat.ask('And now?')).toBe('System: none');
});
