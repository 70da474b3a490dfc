/** Lanes side by side in the built page, in front of a scripted server. */
import type { Locator, Page } from '@playwright/test';
import { expect, scriptedLabel, test } from './scripted';

const lane = (page: Page, number: number): Locator =>
  page.getByRole('region', { name: new RegExp(`^Lane ${number}: `) });
const answer = (page: Page, number: number): Locator => lane(page, number).getByRole('article').last();

test('an address opens lanes and writes the prompt; both answer, and all is there after a reload', async ({
  page,
}) => {
  await page.goto('/#/compare?lanes=openai:plain,openai:plain&prompt=Say%20hello.');
  await expect(page.getByRole('region', { name: `Lane 2: ${scriptedLabel} · plain` })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('Say hello.');
  await expect(page.getByRole('article')).toHaveCount(0);

  await page.getByRole('button', { name: 'Send to all' }).click();
  for (const number of [1, 2]) await expect(answer(page, number)).toHaveAttribute('data-state', 'done');
  await expect(page).toHaveURL(/#\/compare\/[^?]+$/);
  const text = (await answer(page, 1).locator('[data-part="text"]').textContent()) ?? '';
  expect(text.trim()).not.toBe('');

  await page.reload();
  await expect(answer(page, 1)).toContainText(text.trim());
  await expect(page.getByRole('list', { name: 'Comparisons' })).toContainText('Say hello.');
});

test('lanes are added, moved and removed by keyboard, and the focus goes with them', async ({ page }) => {
  await page.goto('/#/compare?lanes=openai:plain');
  await page.getByRole('button', { name: 'Add lane' }).press('Enter');
  await expect(lane(page, 2)).toBeVisible();
  await page.getByRole('button', { name: 'More for Lane 1' }).press('Enter');
  await page.getByRole('button', { name: 'Move right' }).press('Enter');
  await expect(page.getByRole('button', { name: 'More for Lane 2' })).toBeFocused();
  await page.keyboard.press('Enter');
  await lane(page, 2).getByRole('button', { name: 'Remove' }).press('Enter');
  await expect(lane(page, 2)).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(lane(page, 2)).toBeVisible();
});
