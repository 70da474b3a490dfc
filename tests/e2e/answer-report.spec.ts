/** What became of each setting: told before it is sent, and with every answer. */
import type { Locator, Page } from '@playwright/test';
import { expect, scriptedLabel, test } from './scripted';

/** @param values by label; all of them are text to the fields */
async function set(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  await page.getByRole('button', { name: 'Answer settings' }).click();
  for (const [label, value] of Object.entries(values)) {
    const field = page.getByRole('group', { name: 'Generation' }).getByLabel(label);
    await field.fill(value);
    await field.blur();
  }
  await page.getByRole('button', { name: 'Close', exact: true }).click();
}

async function openReport(answer: Locator): Promise<Locator> {
  await answer.getByText('Settings of this answer').click();
  return answer.getByRole('table');
}

test('a setting that the backend ignores or bends is marked before anything is sent', async ({
  chat,
  page,
}) => {
  await chat.choose(`${scriptedLabel} · plain`);
  await page.getByRole('button', { name: 'Answer settings' }).click();
  await expect(page.locator('[data-param="topK"]')).toContainText(`Ignored by ${scriptedLabel}`);
  const temperature = page.locator('[data-param="temperature"]');
  await expect(temperature).not.toContainText('Ignored');
  await temperature.getByRole('spinbutton').fill('3');
  await temperature.getByRole('spinbutton').blur();
  await expect(temperature).toContainText(`${scriptedLabel} takes 2 at this end, which is sent instead.`);
});

test('what a model without a chat template cannot be told is marked before anything is sent', async ({
  chat,
  page,
}) => {
  await chat.choose(`${scriptedLabel} · plain`);
  await page.getByRole('button', { name: 'Answer settings' }).click();
  const names = ['topLogprobs', 'format', 'thinking'].map((name) => page.locator(`[data-param="${name}"]`));
  for (const row of names) await expect(row).not.toContainText('Ignored');
  await page.getByRole('checkbox', { name: 'This model has no chat template' }).check();
  for (const row of names) {
    await expect(row).toContainText(`Ignored by ${scriptedLabel} without a chat template.`);
  }
  await expect(page.locator('[data-param="temperature"]')).not.toContainText('Ignored');
});

test('the keyboard goes from field to field, and what it types stays', async ({ chat, page }) => {
  await chat.choose(`${scriptedLabel} · plain`);
  await page.getByRole('button', { name: 'Answer settings' }).click();
  await page.getByRole('spinbutton', { name: 'Temperature' }).fill('0.5');
  await page.keyboard.press('Tab');
  // Long enough for the first value to be kept and read back.
  for (const digit of '0.25') await page.keyboard.type(digit, { delay: 50 });
  await expect(page.getByRole('spinbutton', { name: 'Top-p' })).toBeFocused();
  await expect(page.getByRole('spinbutton', { name: 'Top-p' })).toHaveValue('0.25');
});

test('an answer tells what was sent, under which name, what was bent and what was ignored', async ({
  chat,
  page,
}) => {
  await chat.choose(`${scriptedLabel} · plain`);
  await set(page, { Temperature: '3', 'Top-k': '5', Seed: '7', 'Extra fields': '{"mirostat": 2}' });
  await chat.ask('Hello');
  await expect(chat.answer).toContainText('Ignored by this backend: Top-k.');
  await expect(chat.answer).toContainText('Temperature: 3 became 2, the nearest that it takes.');
  const report = await openReport(chat.answer);
  await expect(report.getByRole('row', { name: /^Temperature 3/ })).toContainText('Sent as temperature = 2');
  await expect(report.getByRole('row', { name: /^Seed 7/ })).toContainText('Sent as seed = 7');
  await expect(report.getByRole('row', { name: /^Top-k 5/ })).toContainText('Ignored');
  await expect(report.getByRole('row', { name: /^Extra fields 2/ })).toContainText('Sent as mirostat = 2');
  await page.reload();
  await expect(chat.answer).toContainText('Ignored by this backend: Top-k.');
});

test('a request that is turned down for a setting names it', async ({ chat, page }) => {
  await chat.choose(`${scriptedLabel} · bad-seed`);
  await set(page, { Seed: '99999999999', Temperature: '1' });
  await chat.send('Hello');
  await chat.becomes('failed');
  await expect(chat.answer).toContainText('Refused by this backend: Seed.');
  const report = await openReport(chat.answer);
  await expect(report.getByRole('row', { name: /^Seed/ })).toContainText('Refused');
  await expect(report.getByRole('row', { name: /^Temperature/ })).toContainText('Sent');
});

test('fields that Switchyard fills itself, and text that is no JSON, are refused where they are typed', async ({
  chat,
  page,
}) => {
  await chat.choose(`${scriptedLabel} · plain`);
  await set(page, { 'Extra fields': '{"model": "other"}' });
  await page.getByRole('button', { name: 'Answer settings' }).click();
  const field = page.getByLabel('Extra fields');
  await field.fill('{"messages": []}');
  await field.blur();
  await expect(page.getByRole('alert')).toContainText('messages: Switchyard fills that itself.');
  await field.fill('{');
  await field.blur();
  await expect(page.getByRole('alert')).toContainText('A JSON object such as');
  await expect(field).toHaveValue('{');
});
