/** JSON by a schema: the editor, what is kept of it, and the verdict on each answer. */
import type { Locator, Page } from '@playwright/test';
import { expect, scriptedLabel, test } from './scripted';

async function openEditor(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Answer settings' }).click();
  await page.getByLabel('JSON output').selectOption('By a schema');
  const text = page.getByRole('textbox', { name: 'JSON schema' });
  await expect(text).toHaveValue(/"reason"/);
  return text;
}

const close = (page: Page) => page.getByRole('button', { name: 'Close', exact: true }).click();

test('the form writes the schema, the text fills the form, and errors have a place', async ({
  chat,
  page,
}) => {
  await chat.choose(`${scriptedLabel} · json`);
  const text = await openEditor(page);
  const form = page.getByRole('group', { name: 'Fields of the schema' });
  await form.getByRole('button', { name: 'Remove reason' }).click();
  await form.getByRole('textbox', { name: 'Name' }).fill('city');
  await form.getByRole('button', { name: 'Add a field' }).click();
  const second = form.getByRole('group', { name: 'Field 2' });
  // The schema is kept a moment later, and what is kept must not take away a row that is still empty.
  await page.waitForTimeout(600);
  await second.getByRole('combobox', { name: 'Type' }).selectOption('Whole number');
  await second.getByRole('textbox', { name: 'Name' }).fill('people');
  await expect(text).toHaveValue(/"city":[^]*"people": \{\s*"type": "integer"/);

  const valid = await text.inputValue();
  await text.fill(valid.replace('"integer"', '"whole"'));
  await expect(page.getByText('Line 9, column 15:')).toBeVisible();
  await expect(form).toHaveCount(0);
  await close(page);
  await page.getByRole('button', { name: 'Answer settings' }).click();
  await expect(text).toHaveValue(/"whole"/);
  await close(page);
  await page.reload();
  await page.getByRole('button', { name: 'Answer settings' }).click();
  // The draft is still there, and what is in force is the last valid one.
  await expect(text).toHaveValue(/"whole"/);
  await text.fill(valid.replace(/\s+/g, ' '));
  await page.getByRole('button', { name: 'Format' }).click();
  await expect(text).toHaveValue(valid);
  await close(page);

  await chat.ask('Which city?');
  await expect(chat.answer).toContainText('This does not fit the schema:');
  await expect(chat.answer).toContainText('people: Instance type "string" is invalid');
  await expect(chat.answer.locator('[data-json]').getByRole('button', { name: 'Retry' })).toBeEnabled();
  await chat.answer.getByText('Settings of this answer').click();
  await expect(chat.answer.getByRole('row', { name: /^JSON output/ })).toContainText('response_format');
});

test('an example becomes a schema of its own, and any JSON is valid JSON', async ({
  chat,
  page,
  context,
}) => {
  await chat.choose(`${scriptedLabel} · json`);
  const text = await openEditor(page);
  await page.getByRole('button', { name: 'List of tasks' }).click();
  await expect(text).toHaveValue(/"minutes"/);
  await expect(page.getByText('This schema says more than the form can show')).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Kept schemas' })).toContainText('List of tasks');
  await page.getByLabel('JSON output').selectOption('Any JSON');
  await close(page);
  await chat.ask('Which city?');
  await expect(chat.answer).toContainText('Valid JSON.');
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await chat.answer.getByRole('button', { name: 'Copy JSON' }).click();
  expect(JSON.parse(await page.evaluate(() => navigator.clipboard.readText()))).toEqual({
    city: 'Paris',
    people: 'many',
  });
});

test('JSON is shown as it came', async ({ chat, page }) => {
  await chat.choose(`${scriptedLabel} · starred-json`);
  await openEditor(page);
  await page.getByLabel('JSON output').selectOption('Any JSON');
  await close(page);
  expect(await chat.ask('Which city?')).toBe('{"__city__": "*Paris*"}');
});

test('JSON that was cut says so, and offers to go on', async ({ chat, page }) => {
  await chat.choose(`${scriptedLabel} · half-json`);
  await openEditor(page);
  await close(page);
  await chat.ask('Which city?');
  await expect(chat.answer).toContainText('cut before its JSON was whole');
  await expect(chat.answer.getByRole('button', { name: 'Continue' })).toBeEnabled();
});
