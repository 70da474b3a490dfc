/** A comparison leaves the page as a file, comes back from one, and is drawn in a report that needs nothing else. */
import { readFile } from 'node:fs/promises';
import type { Download, Page } from '@playwright/test';
import { ComparePage } from './compare-page';
import { expect, test } from './scripted';

async function download(page: Page, item: string): Promise<Download> {
  await page.getByRole('button', { name: 'Export and import' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: item }).click(),
  ]);
  return file;
}

test('an exported comparison is opened again, beside the one that is kept', async ({ page }) => {
  const compare = new ComparePage(page);
  await compare.open('plain', 'plain');
  await compare.ask('Say <b>hello</b>.');
  const first = page.url();
  const text = (await compare.answer(2).locator('[data-part="text"]').textContent()) ?? '';
  const file = await download(page, 'Export as a file');
  expect(file.suggestedFilename()).toBe('say-b-hello-b.comparison.json');

  await page.getByRole('link', { name: 'Chat' }).click();
  await page.getByRole('link', { name: 'Compare', exact: true }).click();
  await page.getByLabel('Exported comparison').setInputFiles(await file.path());
  await expect(page).not.toHaveURL(first);
  await expect(compare.answer(2)).toContainText(text.trim());
  await expect(page.getByRole('list', { name: 'Comparisons' }).getByRole('listitem')).toHaveCount(2);
});

test('what is no such file is refused with the reason', async ({ page }) => {
  await page.goto('/#/compare');
  const buffer = Buffer.from('{"format":"other"}');
  await page
    .getByLabel('Exported comparison')
    .setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer });
  await expect(page.getByText('This file was not imported: it was not exported from Compare.')).toBeVisible();
});

test('the report shows everything, asks for nothing, and runs nothing', async ({ page, context }, info) => {
  const compare = new ComparePage(page);
  await compare.open('plain', 'plain');
  await compare.ask('<img src=x onerror=alert(1)> Say hello.');
  const text = (await compare.answer(1).locator('[data-part="text"]').textContent()) ?? '';
  const path = info.outputPath('report.html');
  await (await download(page, 'Save as a report (HTML)')).saveAs(path);
  const html = await readFile(path, 'utf8');
  expect(html).not.toMatch(/<script|<button|<img|https?:\/\/(?!www\.w3\.org)/);

  const reader = await context.newPage();
  const asked: string[] = [];
  reader.on('request', (request) => asked.push(request.url()));
  await reader.goto(`file://${path}`);
  expect(asked).toHaveLength(1);
  await expect(reader.getByRole('heading', { level: 1 })).toContainText('Say hello.');
  await expect(reader.getByRole('paragraph').filter({ hasText: '<img src=x' })).toBeVisible();
  await expect(reader.getByRole('article')).toHaveCount(2);
  await expect(reader.getByRole('article').first()).toContainText(text.trim());
  await expect(reader.getByRole('img', { name: /Characters over time/ })).toBeVisible();
  await expect(reader.getByRole('row', { name: /first token/i })).toBeVisible();
});
