/** Everything that is kept leaves the page as one file, and comes back from it in another browser. */
import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Locator, Page } from '@playwright/test';
import { strToU8, zipSync } from 'fflate';
import { ChatPage } from './chat-page';
import { ComparePage } from './compare-page';
import { DocumentsPage, type GivenFile } from './documents-page';
import { expect, scriptedLabel, test } from './scripted';

const question = 'When does the kestrel valve open?';
const sought = 'The kestrel valve opens at nine bar.';
const handbook: GivenFile = {
  name: 'handbook.md',
  content: `# Pumps\n\n${'Ordinary words about pumps. '.repeat(200)}\n\n# Valves\n\n${sought}\n`,
};
const notes: GivenFile = { name: 'notes.txt', content: 'The zephyr buoy was painted green.' };

test('everything is exported, deleted, and back in another browser, where a citation still opens', async ({
  page,
  browser,
  baseURL,
}) => {
  await fill(page);
  const file = await exported(page);
  await deleteAll(page);
  await page.goto('/#/settings');
  await importFile(page, file);
  await expect(said(page)).toHaveText(
    'Imported: 1 conversation, 1 comparison, 2 collections with 2 documents. What was here is as it was.',
  );

  const other = await anotherBrowser(browser, baseURL);
  await other.goto('/#/settings');
  await importFile(other, file);
  await expect(said(other)).toContainText('2 collections with 2 documents');
  await expectEverything(other);
  await other.context().close();
});

test('a damaged file, and one of something else, are refused with the reason, and nothing is lost', async ({
  page,
}) => {
  await fill(page);
  const file = await exported(page);
  const whole = await readFile(file);
  const spoiled = Buffer.from(whole);
  // A letter of the text that was read, deep inside: the file is as long as it was.
  spoiled[spoiled.lastIndexOf('zephyr')] = 'Z'.charCodeAt(0);
  const alert = page.getByRole('alert');
  for (const [name, bytes, why] of [
    ['half.zip', whole.subarray(0, whole.length / 2), 'it was not exported from here, or only its beginning'],
    ['other.zip', Buffer.from(zipSync({ 'a.txt': strToU8('hello') })), 'it was not exported from here'],
    ['picture.zip', Buffer.from('no archive at all'), 'it was not exported from here'],
    ['spoiled.zip', spoiled, 'it is damaged'],
  ] as const) {
    await importFile(page, { name, mimeType: 'application/zip', buffer: Buffer.from(bytes) });
    await expect(alert, name).toContainText(`This file was not imported: ${why}`);
    await expect(alert, name).toContainText('Nothing was changed');
    await expect(said(page)).toBeEmpty();
  }
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual(
    [],
  );
  await expectEverything(page);
});

/** A conversation that cites a document, a comparison, and two collections. */
async function fill(page: Page): Promise<void> {
  const documents = new DocumentsPage(page);
  await documents.open();
  await documents.choose(handbook);
  await documents.becomes('handbook.md', 'ready');
  await page.getByRole('button', { name: 'New collection' }).click();
  await page.getByRole('textbox', { name: 'Name of the collection' }).fill('Boats');
  await page.keyboard.press('Enter');
  await expect(collections(page).locator('option:checked')).toHaveText('Boats (0)');
  await documents.choose(notes);
  await documents.becomes('notes.txt', 'ready');

  const chat = new ChatPage(page);
  await chat.open('/#/chat');
  await chat.choose(`${scriptedLabel} · from-documents`);
  await chat.answerFrom(/^Documents/);
  await chat.ask(question);

  const compare = new ComparePage(page);
  await compare.open('plain', 'other');
  await compare.ask('Say hello.');
}

async function exported(page: Page): Promise<string> {
  await page.goto('/#/settings');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export everything' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^switchyard-\d{4}-\d\d-\d\d\.zip$/);
  await expect(said(page)).toHaveText('The file is being saved.');
  return file.path();
}

async function importFile(page: Page, file: Parameters<Locator['setInputFiles']>[0]): Promise<void> {
  await page.getByLabel('File to import').setInputFiles(file);
  await expect(page.getByRole('button', { name: 'Import a file' })).toBeEnabled();
}

async function deleteAll(page: Page): Promise<void> {
  await page.goto('/#/documents');
  for (const name of ['Boats', 'Documents']) {
    await collections(page).selectOption({ label: `${name} (1)` });
    await page.getByRole('button', { name: 'Delete the collection' }).click();
    await page.getByRole('button', { name: 'Delete for good' }).click();
    await expect(collections(page).locator('option', { hasText: `${name} (1)` })).toHaveCount(0);
  }
  await page.goto('/#/chat');
  await page.getByRole('link', { name: question }).hover();
  await page.getByRole('button', { name: `Delete ${question}` }).click();
  await expect(page.getByRole('link', { name: question })).toHaveCount(0);
  await page.goto('/#/compare');
  await page.getByRole('link', { name: 'Say hello.' }).hover();
  await page.getByRole('button', { name: 'Delete Say hello.' }).click();
  await expect(page.getByRole('link', { name: 'Say hello.' })).toHaveCount(0);
}

async function expectEverything(page: Page): Promise<void> {
  await page.goto('/#/documents');
  const documents = new DocumentsPage(page);
  await expect(collections(page).locator('option')).toContainText(['Boats (1)', 'Documents']);
  await collections(page).selectOption({ label: 'Boats (1)' });
  await documents.becomes('notes.txt', 'ready');
  await documents.search('zephyr');
  await expect(documents.passages).toHaveCount(1);
  expect(await originals(page)).toEqual([handbook.content, notes.content]);

  await page.getByRole('link', { name: 'Compare', exact: true }).click();
  await page.getByRole('list', { name: 'Comparisons' }).getByRole('link', { name: 'Say hello.' }).click();
  const compare = new ComparePage(page);
  await expect(compare.answer(1)).toContainText('Hello from the server.');
  await expect(compare.answer(2)).toContainText('Hello from the cellar.');

  await page.getByRole('link', { name: 'Chat', exact: true }).click();
  await page.getByRole('list', { name: 'Conversations' }).getByRole('link', { name: question }).click();
  const chat = new ChatPage(page);
  await chat.text.getByRole('button', { name: 'Source 1: handbook.md' }).click();
  const opened = page.getByRole('dialog', { name: /^Passage in handbook\.md/ });
  await expect(opened.locator('mark').filter({ hasText: 'kestrel' }).first()).toBeInViewport();
  await page.keyboard.press('Escape');
}

function collections(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Collection' });
}

function said(page: Page): Locator {
  return page.getByRole('region', { name: 'What is kept' }).getByRole('status');
}

/** As after moving to another machine: nothing is shared. */
async function anotherBrowser(browser: Browser, baseURL: string | undefined): Promise<Page> {
  const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
  return context.newPage();
}

/** What the browser keeps of files, sorted by content. */
function originals(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const read = async (folder: FileSystemDirectoryHandle): Promise<string[]> => {
      const texts: string[] = [];
      for await (const handle of folder.values()) {
        if (handle instanceof FileSystemFileHandle) texts.push(await (await handle.getFile()).text());
        else if (handle instanceof FileSystemDirectoryHandle) texts.push(...(await read(handle)));
      }
      return texts;
    };
    const root = await navigator.storage.getDirectory();
    return (await read(await root.getDirectoryHandle('documents'))).sort();
  });
}
