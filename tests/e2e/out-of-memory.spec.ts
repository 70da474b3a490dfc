/** Memory that really runs out: a context window larger than one WebAssembly memory, and the steps down from it. */
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { padded } from '../support/fake-hub';
import { type StartedRelay, startRelay } from '../support/start-relay';
import { expect, noServers, test as base } from './app';
import { ChatPage } from './chat-page';
import { ModelsPage } from './models-page';

const tiny = join(import.meta.dirname, '../fixtures/tiny-model/tiny-q8_0.gguf');
const loadTimeout = 90_000;
/** Tokens: 4.6 GB with the tiny model, of which half fits into the 4 GB that llama.cpp can have in a page. */
const tooLong = 7_500_000;
const half = '3,750,000';
const usual = 4096;

const test = base.extend<{ relay: StartedRelay; chat: ChatPage }>({
  relay: async ({ browserName: _ }, use) => {
    const directory = await mkdtemp(join(tmpdir(), 'switchyard-memory-'));
    await copyFile(tiny, join(directory, 'tiny.gguf'));
    await writeFile(join(directory, 'larger.gguf'), padded(await readFile(tiny), 1_000_000));
    const relay = await startRelay({ ...noServers, RELAY_MODELS_DIR: directory });
    await use(relay);
    await relay.stop();
    await rm(directory, { recursive: true, force: true });
  },
  baseURL: async ({ relay }, use) => use(relay.url),
  chat: async ({ page }, use) => {
    const chat = new ChatPage(page);
    await chat.open();
    await chat.choose('In this page · larger');
    await setContext(page, tooLong);
    await use(chat);
  },
});

async function setContext(page: Page, tokens: number): Promise<void> {
  await page.getByRole('button', { name: 'Answer settings' }).click();
  const field = page.getByRole('spinbutton', { name: 'Context window' });
  await field.fill(String(tokens));
  await field.blur();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
}

test.slow();

test('after memory ran out the message is kept, and half of the context answers it', async ({
  chat,
  page,
}) => {
  await chat.send('ping');
  await chat.becomes('failed', loadTimeout);
  const error = chat.answer.locator('[data-part="error"]');
  await expect(error).toHaveAttribute('data-code', 'out-of-memory');
  await expect(error).toContainText('Your message is kept.');
  // It ran on the processor already, and the smaller model is here.
  await expect(page.getByRole('button', { name: 'Retry on the processor' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Retry with tiny/ })).toBeVisible();
  await page.getByRole('button', { name: `Retry with a context of ${half} tokens` }).click();
  await chat.becomes('done', loadTimeout);
  await expect(chat.text).toHaveText('pong');
});

test('the Models screen offers the same steps, and remembers what was too much', async ({ chat, page }) => {
  await expect(chat.message).toBeVisible();
  const models = new ModelsPage(page);
  await models.open();
  await models.press('larger', 'Load');
  const item = models.item('larger');
  const error = item.locator('[data-part="error"]');
  await expect(error).toHaveAttribute('data-code', 'out-of-memory', { timeout: loadTimeout });
  await expect(item.getByRole('button', { name: /^Load with tiny/ })).toBeVisible();
  await expect(item).toContainText('Will not fit');
  await page.reload();
  await expect(item).toContainText('Will not fit');
  await expect(item).toContainText(/was too much for this device before/);

  await page.goto('/');
  await setContext(page, tooLong / 2);
  await models.open();
  await expect(item).not.toContainText('Will not fit');
  await models.press('larger', 'Load');
  await models.becomes('larger', 'loaded', loadTimeout);
  await expect(item).toContainText('Fits');
});

test('a smaller model takes over where the larger one is too much', async ({ chat, page }) => {
  await chat.send('ping');
  await chat.becomes('failed', loadTimeout);
  await setContext(page, usual);
  await page.getByRole('button', { name: /^Retry with tiny/ }).click();
  await chat.becomes('done', loadTimeout);
  await expect(chat.answer).toHaveAttribute('data-model', 'tiny');
  await expect(chat.text).toHaveText('pong');
});
