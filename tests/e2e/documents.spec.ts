/** Documents are added, read, found, opened at the passage and deleted, in the built page without any server. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { pdfPage, writePdf } from '../support/documents/write-pdf';
import { expect, test as base } from './app';
import { DocumentsPage, type GivenFile } from './documents-page';

const test = base.extend<{ documents: DocumentsPage }>({
  documents: async ({ page }, use) => {
    const documents = new DocumentsPage(page);
    await documents.open();
    await use(documents);
  },
});

const filler = Array.from({ length: 30 }, (_, line) => `Ordinary line ${line} of the handbook.`);
const sought = 'The kestrel valve opens at nine bar.';
const handbook: GivenFile = {
  name: 'handbook.pdf',
  content: writePdf([
    pdfPage('# Pumps', '', ...filler),
    pdfPage('# Filters', '', ...filler),
    pdfPage('# Valves', '', '', '', sought),
  ]),
};
const notes: GivenFile = {
  name: 'notes.md',
  content: `# Harbour\n\n${'Something about ropes. '.repeat(400)}\n\n## Tides\n\nThe zephyr buoy was painted green.\n`,
};

test('a folder of one’s own files is added, found, opened at the passage, and deleted', async ({
  page,
  documents,
  consoleErrors,
}) => {
  await expect(page.getByRole('heading', { name: 'Ask your own documents' })).toBeVisible();
  await documents.choose(handbook, notes);
  await documents.becomes('handbook.pdf', 'ready');
  await documents.becomes('notes.md', 'ready');
  await expect(page.getByRole('region', { name: 'What was added' })).toContainText('2 documents added');
  await expect(page.getByText('keywords alone')).toBeVisible();

  await documents.search('valves that open');
  const found = documents.passages.first();
  await expect(found).toContainText('kestrel valve');
  await expect(found).toContainText('page 3');
  await expect(found.locator('mark').filter({ hasText: 'opens' })).toBeVisible();
  await found.getByRole('link', { name: 'handbook.pdf' }).click();

  await expect(page).toHaveURL(/#\/documents\/[^/]+\/[^/?]+\?from=\d+&until=\d+$/);
  await expect(documents.viewer.getByRole('spinbutton', { name: 'Page' })).toHaveValue('3');
  const mark = documents.mark.filter({ hasText: 'kestrel' });
  await expect(mark).toBeInViewport();
  await expect(documents.viewer.locator('[data-page="3"]')).toHaveAttribute('data-drawn', 'true');
  expect(await letterBounds(page), 'the mark lies around the letters').toEqual({
    above: 0,
    below: 0,
    beside: 0,
  });

  await documents.viewer.getByRole('button', { name: 'Text', exact: true }).click();
  await expect(mark).toBeInViewport();
  await expect(documents.mark.first()).toHaveText(/Valves/);

  await page.reload();
  await expect(mark).toBeInViewport();
  await documents.viewer.getByRole('button', { name: 'Close the document' }).click();
  await documents.becomes('handbook.pdf', 'ready');

  await documents.search('zephyr');
  await documents.passages.first().getByRole('link').click();
  await expect(documents.mark.filter({ hasText: 'zephyr buoy' })).toBeInViewport();
  await page.keyboard.press('Escape');

  for (const name of ['handbook.pdf', 'notes.md']) {
    await page.getByRole('button', { name: `Remove ${name}` }).click();
    await expect(documents.item(name)).toHaveCount(0);
  }
  await expect(page.getByRole('heading', { name: 'Ask your own documents' })).toBeVisible();
  expect(await whatIsKept(page)).toEqual({ rows: 0, files: 0 });
  expect(consoleErrors).toEqual([]);
});

test('what is known is skipped, what changed is read again, what cannot be read does not stop the others', async ({
  page,
  documents,
}) => {
  const report = page.getByRole('region', { name: 'What was added' });
  await documents.choose(notes, { name: 'broken.pdf', content: '%PDF-1.4\nnothing else' });
  await documents.becomes('notes.md', 'ready');
  await documents.becomes('broken.pdf', 'failed');
  await expect(documents.item('broken.pdf').locator('[data-part="error"]')).toBeVisible();

  await documents.choose(notes);
  await expect(report).toContainText('1 known and skipped');
  await documents.choose({ name: 'notes.md', content: 'Only a quokka is left.' });
  await expect(report).toContainText('1 changed and read again');
  await documents.becomes('notes.md', 'ready');
  await documents.search('zephyr');
  await expect(page.getByText('Nothing in this collection fits these words')).toBeVisible();
  await documents.search('quokka');
  await expect(documents.passages).toHaveCount(1);

  await page.getByRole('button', { name: 'Remove broken.pdf' }).click();
  await expect(documents.item('broken.pdf')).toHaveCount(0);
});

test('a pause outlives a reload, says so, and ends with Resume', async ({ page, documents }) => {
  const work = page.getByRole('region', { name: 'Work on documents' });
  // Long enough that some are left when the pause begins.
  await documents.dropMade(10, 60_000);
  await work.getByRole('button', { name: 'Pause' }).click();
  await expect(work).toContainText('Paused: what was read is kept');
  await page.reload();
  await expect(work).toContainText('Paused: what was read is kept');
  await documents.becomes('file-9.md', 'waiting');
  await work.getByRole('button', { name: 'Resume' }).click();
  await documents.becomes('file-9.md', 'ready');
  await expect(work).toHaveCount(0);
  await page.reload();
  await documents.choose({ name: 'later.md', content: 'Not paused.' });
  await documents.becomes('later.md', 'ready');
});

test('hundreds of files: all are read and found, and the list shows a hundred at a time', async ({
  page,
  documents,
}) => {
  await documents.dropMade(230, 3);
  const rows = documents.list.getByRole('listitem');
  await expect(page.getByRole('search').getByRole('status')).toHaveText('230 documents', { timeout: 60_000 });
  await expect(page.getByRole('region', { name: 'Work on documents' })).toHaveCount(0, { timeout: 60_000 });
  await expect(rows).toHaveCount(100);
  await page.getByRole('button', { name: 'Show 100 more of 130' }).click();
  await expect(rows).toHaveCount(200);
  await page.getByRole('button', { name: 'Show 30 more of 30' }).click();
  await expect(rows).toHaveCount(230);
  await page.getByRole('searchbox', { name: 'Find by name' }).fill('file-229');
  await expect(rows).toHaveCount(1);
  await documents.search('File 229');
  await expect(documents.passages.first()).toContainText('file-229.md');
});

test('a folder is chosen with what lies in it, hidden files left out; a file is dropped; text is pasted', async ({
  page,
  documents,
}, info) => {
  const folder = join(info.outputDir, 'manuals');
  mkdirSync(join(folder, 'parts'), { recursive: true });
  mkdirSync(join(folder, '.git'), { recursive: true });
  writeFileSync(join(folder, 'readme.txt'), 'All about the axolotl engine.');
  writeFileSync(join(folder, 'parts', 'gear.txt'), 'A gear of brass.');
  writeFileSync(join(folder, '.git', 'config.txt'), 'hidden');
  await page.locator('input[webkitdirectory]').setInputFiles(folder);
  await documents.becomes('readme.txt', 'ready');
  await documents.becomes('gear.txt', 'ready');
  await expect(documents.item('gear.txt')).toContainText('manuals/parts');
  await expect(page.getByRole('region', { name: 'What was added' })).toContainText('1 hidden or of packages');

  await documents.drop({ name: 'dropped.txt', content: 'It fell from above.' });
  await documents.becomes('dropped.txt', 'ready');

  await page.getByRole('button', { name: 'More ways to add' }).click();
  await page.getByRole('button', { name: 'Pasted text' }).click();
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('From the clipboard: an okapi.');
  await page.getByRole('button', { name: 'Add the text' }).click();
  await documents.becomes('From the clipboard: an okapi.txt', 'ready');
  await documents.search('okapi');
  await expect(documents.passages.first()).toContainText('From the clipboard');

  await page.getByRole('searchbox', { name: 'Find by name' }).fill('manuals/');
  await expect(documents.list.getByRole('listitem')).toHaveCount(2);
});

test('collections are made, renamed and deleted, each with its own documents', async ({
  page,
  documents,
}) => {
  await documents.choose(notes);
  await documents.becomes('notes.md', 'ready');
  await page.getByRole('button', { name: 'New collection' }).click();
  await page.getByRole('textbox', { name: 'Name of the collection' }).fill('Boats');
  await page.keyboard.press('Enter');
  const choice = page.getByRole('combobox', { name: 'Collection' });
  await expect(choice.locator('option:checked')).toHaveText('Boats (0)');
  await expect(page.getByRole('heading', { name: 'Ask your own documents' })).toBeVisible();

  await page.getByRole('button', { name: 'Rename the collection' }).click();
  await page.getByRole('textbox', { name: 'Name of the collection' }).fill('Ships');
  await page.getByRole('button', { name: 'Rename', exact: true }).click();
  await expect(choice.locator('option:checked')).toHaveText('Ships (0)');
  await documents.choose({ name: 'ship.txt', content: 'A ship with a narwhal.' });
  await documents.becomes('ship.txt', 'ready');

  await page.getByRole('button', { name: 'Delete the collection' }).click();
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(choice.locator('option')).toHaveText(['Documents (1)']);
  await documents.search('narwhal');
  await expect(page.getByText('Nothing in this collection fits these words')).toBeVisible();
  expect(await whatIsKept(page)).toMatchObject({ files: 1 });
});

/** How many dark points lie around the mark of the sought line, outside of it but nearer than the next line. */
function letterBounds(page: Page): Promise<{ above: number; below: number; beside: number }> {
  return page.evaluate(() => {
    const sheet = document.querySelector('[data-page="3"]');
    const canvas = sheet?.querySelector('canvas');
    const mark = [...(sheet?.querySelectorAll('mark') ?? [])].find((one) =>
      one.textContent.includes('kestrel'),
    );
    if (!canvas || !mark) throw new Error('nothing is drawn');
    const place = mark.getBoundingClientRect();
    const whole = canvas.getBoundingClientRect();
    const scale = canvas.width / whole.width;
    const [left, right] = [place.left - whole.left, place.right - whole.left].map((x) => x * scale);
    const [top, bottom] = [place.top - whole.top, place.bottom - whole.top].map((y) => y * scale);
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
    if (!data || left === undefined || right === undefined || top === undefined || bottom === undefined)
      throw new Error('nothing can be seen');
    const found = { above: 0, below: 0, beside: 0 };
    let inside = 0;
    const reach = (bottom - top) / 2;
    for (let y = Math.floor(top - reach); y < bottom + reach; y++)
      for (let x = 0; x < canvas.width; x++) {
        if ((data[4 * (y * canvas.width + x)] ?? 255) > 128) continue;
        if (y < top - 1) found.above++;
        else if (y > bottom + 1) found.below++;
        else if (x < left - 2 || x > right + 2) found.beside++;
        else inside++;
      }
    if (inside < 50) throw new Error(`only ${inside} dark points under the mark`);
    return found;
  });
}

/** Rows about documents in the database, and copies of files. */
function whatIsKept(page: Page): Promise<{ rows: number; files: number }> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('switchyard');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(new Error('The database could not be opened.'));
    });
    let rows = 0;
    for (const name of database.objectStoreNames) {
      if (!/document|chunk|vector|text/i.test(name)) continue;
      rows += await new Promise<number>((resolve) => {
        const counting = database.transaction(name).objectStore(name).count();
        counting.onsuccess = () => resolve(counting.result);
      });
    }
    database.close();
    const count = async (folder: FileSystemDirectoryHandle): Promise<number> => {
      let files = 0;
      for await (const handle of folder.values()) {
        files += handle.kind === 'file' ? 1 : await count(handle);
      }
      return files;
    };
    const root = await navigator.storage.getDirectory();
    const files = await root.getDirectoryHandle('documents').then(count, () => 0);
    return { rows, files };
  });
}
