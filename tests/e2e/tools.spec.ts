/** Tools in the real page: switched on, called, answered by the page or by hand, kept. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, scriptedLabel, test } from './scripted';

async function openTools(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Answer settings' }).click();
  await page.getByText('Tools', { exact: false }).and(page.locator('summary')).click();
  await expect(page.getByRole('checkbox', { name: /^Calculator/ })).toBeVisible();
}

const close = (page: Page): Promise<void> => page.getByRole('button', { name: 'Close', exact: true }).click();

const weather = '[{"name": "get_weather", "parameters": {"type": "object"}}]';

async function switchOn(page: Page): Promise<void> {
  await openTools(page);
  await page.getByRole('checkbox', { name: /^Calculator/ }).check();
  await page.getByRole('textbox', { name: 'Your own tools, as JSON' }).fill(weather);
  await expect(page.getByText('In use: get_weather.')).toBeVisible();
  await close(page);
}

test('says so where nobody knows whether the model calls tools', async ({ chat, page }) => {
  await chat.choose(`${scriptedLabel} · calculating`);
  await openTools(page);
  await expect(page.getByText(/^Nobody said whether calculating calls tools/)).toBeVisible();
});

test('the calculator answers by itself, and the model goes on', async ({ chat, page }) => {
  await switchOn(page);
  await chat.choose(`${scriptedLabel} · calculating`);
  await chat.message.fill('What is (17 + 4) * 2?');
  await chat.message.press('Enter');
  await expect(chat.answers).toHaveCount(2);
  await chat.becomes('done');
  await expect(chat.text).toHaveText('The result is 42.');
  const card = page.getByRole('group', { name: 'Tool call calculator' });
  await expect(card).toContainText('(17 + 4) * 2');
  await expect(card).toContainText('answered by this page in');
  await expect(card.locator('[data-part="result"]')).toContainText('42');
  await page.reload();
  await expect(card.locator('[data-part="result"]')).toContainText('42');
  await chat.answer.getByRole('button', { name: 'Retry' }).click();
  await expect(chat.answer).toContainText('2 / 2');
  await expect(chat.text).toHaveText('The result is 42.');
});

test('a call that the person answers waits, also over a reload; what it holds is text', async ({
  chat,
  page,
}) => {
  await switchOn(page);
  await chat.choose(`${scriptedLabel} · weather`);
  await chat.send('How is the weather?');
  await chat.becomes('done');
  const card = page.getByRole('group', { name: 'Tool call get_weather' });
  await expect(card).toContainText('<b>Rome</b>');
  await expect(card).toContainText('waits for you');
  await page.reload();
  const send = page.getByRole('button', { name: 'Send result' });
  await expect(send).toBeDisabled();
  const axe = await new AxeBuilder({ page }).include('[role="log"]').analyze();
  expect(axe.violations).toEqual([]);
  await card.getByRole('textbox', { name: 'Result' }).fill('20 °C <i>and sunny</i>');
  await send.press('Enter');
  await expect(chat.answers).toHaveCount(2);
  await expect(chat.text).toHaveText('The result is 20 °C <i>and sunny</i>.');
  await expect(card).toContainText('answered by you');
});

test('definitions that cannot be read say where, lose nothing and leave the old ones in use', async ({
  chat,
  page,
}) => {
  await chat.choose(`${scriptedLabel} · plain`);
  await switchOn(page);
  await openTools(page);
  const field = page.getByRole('textbox', { name: 'Your own tools, as JSON' });
  await field.fill('[\n  {"name": "a",}\n]');
  await expect(page.getByText('Line 2, column 16: property name expected.')).toBeVisible();
  await expect(page.getByText('the tools from before stay in use: get_weather')).toBeVisible();
  await close(page);
  await page.reload();
  await openTools(page);
  await expect(field).toHaveValue('[\n  {"name": "a",}\n]');
  await field.fill('');
  await page.getByRole('button', { name: 'Insert an example' }).click();
  await expect(page.getByText('In use: get_weather.')).toBeVisible();
  const axe = await new AxeBuilder({ page }).include('dialog').analyze();
  expect(axe.violations).toEqual([]);
});
