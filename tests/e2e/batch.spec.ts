/** A batch in the built page, in front of a scripted server. */
import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { ResultRecord } from '../../src/batch/exports/result-record';
import { expect, test } from './scripted';

const data =
  'question,answer\nfirst,Hello\nsecond,server\nthird,nothing\nfourth,from\nfifth,the\nsixth,Hello';

async function put(page: Page, lanes: readonly string[]): Promise<void> {
  await page.goto(`/#/compare?lanes=${lanes.map((model) => `openai:${model}`).join(',')}`);
  await expect(page.getByRole('region', { name: /^Lane 1: / })).toBeVisible();
  await page.getByRole('link', { name: 'Batches' }).click();
  await page.getByRole('link', { name: 'New batch' }).first().click();
  await page.getByRole('textbox', { name: 'Items' }).fill(data);
  await expect(page.getByText('6 items, read as CSV.')).toBeVisible();
  await page.getByRole('textbox', { name: 'What each item is asked' }).fill('Say {{question}}: ');
  await page.getByRole('button', { name: '{{answer}}' }).click();
  await expect(page.getByText('Say first: Hello')).toBeVisible();
  await page.getByRole('button', { name: 'Take the 2 lanes side by side' }).click();
}

test('six items on two lanes: paused, reloaded, resumed, checked and exported', async ({ page }) => {
  await put(page, ['plain', 'steady']);
  await page.getByRole('spinbutton', { name: /answers at once/ }).fill('3');
  await page.getByRole('spinbutton', { name: /answers at once/ }).blur();
  await page.getByRole('button', { name: 'Add a check' }).click();
  await page
    .getByRole('form', { name: 'New check' })
    .getByRole('textbox', { name: 'Text' })
    .fill('{{answer}}');
  await page.getByRole('form', { name: 'New check' }).getByRole('button', { name: 'Add' }).click();
  await expect(page.getByRole('status').filter({ hasText: '12 answers:' })).toBeVisible();
  await page.getByRole('button', { name: 'Start', exact: true }).click();

  await expect(page).toHaveURL(/#\/compare\/batches\/[0-9a-f]+$/);
  const bar = page.getByRole('progressbar', { name: 'Answers' });
  await expect(bar).not.toHaveAttribute('aria-valuenow', '0');
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible({ timeout: 20_000 });
  const before = Number(await bar.getAttribute('aria-valuenow'));
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(12);

  await page.reload();
  await expect(bar).toHaveAttribute('aria-valuenow', String(before));
  await expect(page.getByRole('status').filter({ hasText: 'Paused' })).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Done' })).toBeVisible({ timeout: 90_000 });
  await expect(bar).toHaveAttribute('aria-valuenow', '12');

  const figures = page.getByRole('region', { name: 'Figures' });
  await expect(figures.getByRole('row', { name: /plain/ })).toContainText('6 of 6');
  await expect(figures.getByRole('row', { name: /plain/ })).toContainText('83 %');
  await page.getByRole('combobox', { name: 'Show' }).selectOption('Checks not passed');
  await page.getByRole('button', { name: /Open the answer of item 3, Lane 1/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Item 3' });
  await expect(dialog.locator('[data-part="text"]')).toHaveText('Hello from the server.');
  await expect(dialog).toContainText('“nothing” is not in the answer.');
  await dialog.getByRole('button', { name: 'Close' }).click();

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'JSONL' }).click();
  const saved = await readFile(await (await downloading).path(), 'utf8');
  const records = saved
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as ResultRecord);
  expect(records.map(({ cell }) => cell)).toEqual(Array.from({ length: 12 }, (_, cell) => cell));
  expect(records[0]).toMatchObject({
    modelId: 'plain',
    text: 'Hello from the server.',
    usage: { promptTokens: 7 },
  });
});

test('failures are kept with their reason, shown alone and asked again alone', async ({ page, server }) => {
  await put(page, ['plain', 'broken']);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Ended, with failures' })).toBeVisible();
  await expect(page.getByText('6 failed').first()).toBeVisible();
  await page.getByRole('combobox', { name: 'Show' }).selectOption('Failures');
  await page.getByRole('button', { name: /Open the answer of item 1, Lane 2/ }).click();
  await expect(page.getByRole('dialog').locator('[data-part="error"]')).toHaveAttribute(
    'data-code',
    'server-failed',
  );
  await page.keyboard.press('Escape');
  const before = server.requests.filter((path) => path.startsWith('POST')).length;
  await page.getByRole('button', { name: 'Retry 6 failures' }).click();
  await expect.poll(() => server.requests.filter((path) => path.startsWith('POST')).length).toBe(before + 6);
});

test('data that cannot be read is named line by line, and a batch without what it needs does not start', async ({
  page,
}) => {
  await page.goto('/#/compare/batches/new');
  await page.getByRole('textbox', { name: 'Items' }).fill('a,b\n1,2\n3\n4,5,6');
  await expect(page.getByText('Line 3: 1 field, where the first line names 2 columns.')).toBeVisible();
  await expect(page.getByText('Line 4: 3 fields')).toBeVisible();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page).toHaveURL(/batches\/new$/);
  await expect(page.getByRole('status').filter({ hasText: 'There is no data set yet.' })).toBeVisible();
});

test('form and results have no fault that axe finds, light and dark', async ({ page }) => {
  await put(page, ['plain', 'plain']);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  }
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Done' })).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  }
});
