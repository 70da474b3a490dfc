/** Collections that another program searches, and sources that a server names by itself. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import type { DatabaseRequests } from '../../relay/contract';
import { startScriptedServer } from '../support/scripted-server';
import { type SearchServer, startSearchServer } from '../support/search-server';
import { startRelay } from '../support/start-relay';
import { noServers } from './app';
import { ChatPage } from './chat-page';
import { DocumentsPage } from './documents-page';
import { expect, scriptedLabel } from './scripted';
import { testWithRelay } from './with-relay';

/** The relay names the search, a database that does not answer, and one that is only searched. */
const test = testWithRelay({}).extend<object, { search: SearchServer }>({
  search: [
    async ({ browserName: _ }, use) => {
      const search = await startSearchServer();
      await use(search);
      await search.stop();
    },
    { scope: 'worker' },
  ],
  relay: [
    async ({ search }, use) => {
      const server = await startScriptedServer();
      const folder = await mkdtemp(join(tmpdir(), 'elsewhere-'));
      const database = { urlEnv: 'SHELF_URL', dimensions: 3 };
      const config = {
        searches: [{ id: 'wiki', label: 'Our wiki', url: search.url }],
        databases: [
          { ...database, id: 'shelf', label: 'Team shelf', table: 'shelf', allowsChanges: true },
          { ...database, id: 'archive', label: 'Archive', table: 'archive' },
        ],
      };
      const path = join(folder, 'relay.json');
      await writeFile(path, JSON.stringify(config));
      const relay = await startRelay({
        ...noServers,
        OPENAI_BASE_URL: server.url,
        LLM_BACKEND_TYPE: 'openai',
        DEFAULT_MODEL_NAME: 'plain',
        SWITCHYARD_CONFIG: path,
        SHELF_URL: 'postgres://ann:secret@127.0.0.1:9/db',
      });
      await use(relay);
      await relay.stop();
      await server.stop();
      await rm(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
});

const scan = async (page: Page): Promise<void> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual(
    [],
  );
};

async function setPaths(dialog: Locator): Promise<void> {
  for (const [name, path] of [
    ['List of results', 'hits.hits'],
    ['Text, in a result', '_source.text'],
    ['Name of the source', '_source.title'],
    ['Address of the source', '_source.link'],
    ['Score', '_score'],
  ] as const)
    await dialog.getByRole('textbox', { name, exact: true }).fill(path);
}

test('a search at an address is tried, corrected, added, changed, and answers a chat', async ({
  page,
  search,
}) => {
  const documents = new DocumentsPage(page);
  await documents.open();
  await page.getByRole('button', { name: 'Add a search elsewhere' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a search elsewhere' });
  const add = dialog.getByRole('button', { name: 'Add it' });
  await dialog.getByRole('combobox', { name: 'Asked' }).selectOption('by this page, at an address');
  await expect(add).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Address', exact: true }).fill(search.url);
  await dialog.getByRole('textbox', { name: 'Field of how many (optional)' }).fill('size');
  const question = dialog.getByRole('textbox', { name: 'A question to try it with' });
  await question.fill('buoy');
  await question.press('Enter');
  const alert = dialog.getByRole('alert');
  await expect(alert).toContainText('has no list at “results”');
  await expect(alert).toContainText('Change the paths of this search');
  await alert.getByText('What it said').click();
  await expect(alert).toContainText('hits');
  await scan(page);

  await setPaths(dialog);
  await dialog.getByRole('button', { name: 'Try it' }).click();
  await expect(dialog.getByText('2 passages found')).toBeVisible();
  const passages = dialog.getByRole('list', { name: 'Passages found' }).getByRole('listitem');
  await expect(passages.first()).toContainText('zephyr buoy');
  await expect(passages.first().getByRole('link', { name: 'Harbour log' })).toHaveAttribute(
    'href',
    'https://harbour.example/log',
  );
  // An address that runs something is no link.
  await expect(passages.last()).toContainText('Almanac');
  await expect(passages.last().getByRole('link')).toHaveCount(0);
  expect(JSON.parse(search.asked.at(-1) ?? '')).toMatchObject({ query: 'buoy', size: expect.any(Number) });
  await scan(page);
  await dialog.getByRole('textbox', { name: 'Name of the collection' }).fill('Harbour');
  await add.click();

  const choice = page.getByRole('combobox', { name: 'Collection' });
  await expect(choice.locator('option:checked')).toHaveText('Harbour (elsewhere)');
  await expect(page.getByRole('button', { name: 'Add documents' })).toHaveCount(0);
  await expect(page.getByText('gets each question')).toBeVisible();
  await documents.search('buoy');
  await expect(documents.passages).toHaveCount(2);

  await page.getByRole('button', { name: 'Change', exact: true }).click();
  const change = page.getByRole('dialog', { name: 'Change the search' });
  await expect(change.getByRole('textbox', { name: 'List of results' })).toHaveValue('hits.hits');
  await change.getByRole('textbox', { name: 'Name of the collection' }).fill('Port');
  await change.getByRole('button', { name: 'Save' }).click();
  await page.reload();
  await expect(choice.locator('option:checked')).toHaveText('Port (elsewhere)');

  const chat = new ChatPage(page);
  await chat.open('/#/chat');
  await chat.choose(`${scriptedLabel} · from-documents`);
  await chat.answerFrom(/^Port/);
  await chat.ask('Which colour has the zephyr buoy?');
  await chat.text.getByRole('button', { name: 'Source 1: Harbour log' }).click();
  const quote = page.getByRole('dialog', { name: /Harbour log/ });
  await expect(quote.locator('blockquote')).toHaveText('The zephyr buoy was painted green.');
  await expect(quote.getByRole('link')).toHaveAttribute('rel', /noopener/);
  await scan(page);
});

test('a search that the relay names is asked through it', async ({ page, search }) => {
  const documents = new DocumentsPage(page);
  await documents.open();
  await page.getByRole('button', { name: 'Add a search elsewhere' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a search elsewhere' });
  await expect(dialog.getByRole('combobox', { name: 'Asked' }).locator('option:checked')).toHaveText(
    'Our wiki, through the relay',
  );
  await expect(dialog.getByRole('textbox', { name: 'Address', exact: true })).toHaveCount(0);
  await setPaths(dialog);
  await dialog.getByRole('button', { name: 'Add it' }).click();
  await expect(page.getByText('gets each question, through the relay')).toBeVisible();
  const before = search.asked.length;
  await documents.search('buoy');
  await expect(documents.passages).toHaveCount(2);
  expect(search.asked.slice(before)).toEqual([JSON.stringify({ query: 'buoy' })]);
});

test('a collection in a database: said before, filled, searched, and put in once', async ({ page }) => {
  const shelf = new Shelf();
  await shelf.answer(page);
  const documents = new DocumentsPage(page);
  await documents.open();
  await page.getByRole('button', { name: 'New collection' }).click();
  const dialog = page.getByRole('dialog', { name: 'New collection' });
  await dialog.getByRole('textbox', { name: 'Name of the collection' }).fill('Shared');
  const place = dialog.getByRole('combobox', { name: 'Kept and searched' });
  await expect(dialog.getByText('Nothing leaves this device')).toBeVisible();
  await place.selectOption('in Archive, through the relay (search only)');
  await expect(dialog.getByText('Nothing can be put into it from here.')).toBeVisible();
  await place.selectOption('in Team shelf, through the relay');
  await expect(dialog.getByText('The text of your documents goes to Team shelf')).toBeVisible();
  await scan(page);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByText('Kept in Team shelf, through the relay')).toBeVisible();

  await documents.choose({ name: 'log.txt', content: 'The zephyr buoy was painted green.' });
  await documents.becomes('log.txt', 'ready');
  await documents.search('zephyr');
  await expect(documents.passages.first()).toContainText('painted green');
  expect(shelf.puts).toHaveLength(1);
  expect(shelf.puts[0]?.passages.map(({ text }) => text)).toEqual(['The zephyr buoy was painted green.']);

  await page.reload();
  await documents.search('zephyr');
  await documents.passages.first().getByRole('link', { name: 'log.txt' }).click();
  await expect(documents.mark.first()).toBeInViewport();
  expect(shelf.puts, 'what is there already is not sent again').toHaveLength(1);
  await page.getByRole('button', { name: 'Close the document' }).click();

  await page.getByRole('button', { name: 'Delete the collection' }).click();
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByRole('combobox', { name: 'Collection' }).locator('option')).toHaveText([
    'Documents (0)',
  ]);
  expect(shelf.puts).toEqual([]);
});

test('a database that does not answer is told, and the documents stay', async ({ page }) => {
  const documents = new DocumentsPage(page);
  await documents.open();
  await page.getByRole('button', { name: 'New collection' }).click();
  const dialog = page.getByRole('dialog', { name: 'New collection' });
  await dialog.getByRole('textbox', { name: 'Name of the collection' }).fill('Shared');
  const place = dialog.getByRole('combobox', { name: 'Kept and searched' });
  await place.selectOption('in Team shelf, through the relay');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await documents.choose({ name: 'log.txt', content: 'The zephyr buoy was painted green.' });
  await documents.becomes('log.txt', 'ready');
  await documents.search('zephyr');
  await expect(page.getByRole('alert')).toContainText('Team shelf does not answer');
  await documents.item('log.txt').getByRole('link', { name: 'log.txt' }).click();
  await expect(documents.viewer).toContainText('zephyr buoy');
});

test('sources that a server names are listed, quoted as text, and opened only by a press', async ({
  page,
  chat,
}) => {
  await chat.choose(`${scriptedLabel} · with-sources`);
  await chat.ask('Which colour has the buoy?');
  const sources = chat.answer.getByRole('region', { name: `Sources named by ${scriptedLabel}` });
  await expect(sources).toContainText('nobody has checked them');
  const named = sources.getByRole('list', { name: 'Named sources' }).getByRole('button');
  await expect(named).toHaveText([/1\s*Harbour log/, /2\s*A trap/]);
  await scan(page);

  await named.first().press('Enter');
  const first = page.getByRole('dialog', { name: 'Harbour log' });
  await expect(first.locator('blockquote')).toHaveText('The zephyr buoy was painted green.');
  const link = first.getByRole('link', { name: /^Open it at/ });
  await expect(link).toHaveAttribute('href', 'https://harbour.example/log');
  await expect(link).toHaveAttribute('rel', /noopener noreferrer/);
  await scan(page);
  await page.keyboard.press('Escape');
  await expect(named.first()).toBeFocused();

  await named.last().click();
  const trap = page.getByRole('dialog', { name: 'A trap' });
  await expect(trap.locator('blockquote')).toHaveText('<img src=x onerror=alert(1)>');
  await expect(trap.getByRole('link')).toHaveCount(0);
  await page.keyboard.press('Escape');

  await page.reload();
  await expect(named).toHaveCount(2);
});

/** Stands in for the database behind the relay, which no test machine is sure to have: the page cannot tell. */
class Shelf {
  puts: DatabaseRequests['put'][] = [];

  async answer(page: Page): Promise<void> {
    await page.route('**/api/databases/shelf/*', async (route) => {
      const work = new URL(route.request().url()).pathname.split('/').at(-1);
      await route.fulfill({ json: this.#reply(work ?? '', route.request().postDataJSON()) });
    });
  }

  #reply(work: string, request: unknown): object {
    switch (work) {
      case 'put':
        this.puts.push(request as DatabaseRequests['put']);
        return {};
      case 'drop':
        this.puts = [];
        return {};
      case 'kept':
        return {
          documents: this.puts.map(({ documentId, content, model = '', passages }) => ({
            documentId,
            content,
            model,
            chunks: passages.length,
          })),
        };
      case 'search': {
        const candidates = this.puts.map(({ documentId, passages }) => ({
          documentId,
          chunk: 0,
          chunks: passages.length,
          keyword: 1,
        }));
        return { candidates, mean: 0, deviation: 0, chunks: 0 };
      }
      default:
        return {
          passages: this.puts.flatMap(({ documentId, owner, name, passages }) =>
            passages.map((passage, chunk) => ({ ...passage, documentId, owner, name, chunk })),
          ),
        };
    }
  }
}
