/** Settings that the page itself brings about, where what runs the model cannot: said before, done, and in the report. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { type StartedRelay, startRelay } from '../support/start-relay';
import { expect, noServers, test as base } from './app';
import { ChatPage } from './chat-page';

const tinyModel = join(import.meta.dirname, '../fixtures/tiny-model/transformers');

const test = base.extend<{ relay: StartedRelay; chat: ChatPage }>({
  relay: async ({ browserName: _ }, use) => {
    const models = await mkdtemp(join(tmpdir(), 'switchyard-models-'));
    await cp(tinyModel, join(models, 'tiny-onnx'), { recursive: true });
    const relay = await startRelay({ ...noServers, RELAY_MODELS_DIR: models });
    await use(relay);
    await relay.stop();
    await rm(models, { recursive: true, force: true });
  },
  baseURL: async ({ relay }, use) => use(relay.url),
  chat: async ({ page }, use) => use(new ChatPage(page)),
});

/** Stands in for the model of a browser, which no browser here has; says what it was given to read last. */
function installBuiltInModel(): void {
  const session = () =>
    Object.assign(new EventTarget(), {
      contextWindow: 4096,
      contextUsage: 0,
      measureContextUsage: () => Promise.resolve(1),
      promptStreaming: () =>
        new ReadableStream({
          start(controller) {
            for (const piece of ['One, two, E', 'N', 'D three.']) controller.enqueue(piece);
            controller.close();
          },
        }),
      destroy: () => undefined,
    });
  Object.assign(globalThis, {
    LanguageModel: {
      availability: () => Promise.resolve('available'),
      create: () => Promise.resolve(session()),
    },
  });
}

const row = (page: Page, name: string): Locator => page.locator(`.controls [data-param="${name}"]`);

async function reportOf(chat: ChatPage): Promise<Locator> {
  await chat.answer.getByText('Settings of this answer').click();
  return chat.answer.getByRole('table');
}

test('stop strings with the model of the browser: the page watches for them, and the rest is ignored', async ({
  chat,
  page,
}) => {
  await page.addInitScript(installBuiltInModel);
  await chat.open();
  await chat.chooseOf('Built into this browser');
  await page.getByRole('button', { name: 'Answer settings' }).click();
  await expect(row(page, 'stop')).toContainText('Done by this page, since Built into this browser cannot.');
  for (const ignored of ['seed', 'topK', 'maxTokens', 'grammar', 'extra']) {
    await expect(row(page, ignored)).toContainText('Ignored by Built into this browser.');
  }
  await expect(row(page, 'temperature')).not.toContainText('Ignored');
  await row(page, 'stop').getByRole('textbox').fill('END');
  await row(page, 'seed').getByRole('spinbutton').fill('7');
  await row(page, 'temperature').getByRole('spinbutton').fill('0.1');
  await row(page, 'temperature').getByRole('spinbutton').blur();
  await page.getByRole('button', { name: 'Close', exact: true }).click();

  await chat.ask('Count');
  await expect(chat.text).toHaveText('One, two,');
  const report = await reportOf(chat);
  await expect(report.getByRole('row', { name: /^Stop/ })).toContainText('Done by this page');
  await expect(report.getByRole('row', { name: /^Seed 7/ })).toContainText('Ignored');
  await expect(report.getByRole('row', { name: /^Temperature 0.1/ })).toContainText(
    'Sent as samplingMode = most-predictable',
  );
});

test('JSON with Transformers.js: checked by the page, asked for once more, and the verdict shown', async ({
  chat,
  page,
}) => {
  await chat.open();
  await chat.choose('In this page (Transformers.js) · tiny-onnx q8');
  await page.getByRole('button', { name: 'Answer settings' }).click();
  await expect(row(page, 'format')).toContainText('Done by this page');
  await expect(row(page, 'grammar')).toContainText('Ignored by In this page (Transformers.js).');
  await page.getByLabel('JSON output').selectOption('Any JSON');
  await row(page, 'seed').getByRole('spinbutton').fill('7');
  await row(page, 'stop').getByRole('textbox').fill('four');
  await row(page, 'stop').getByRole('textbox').blur();
  await page.getByRole('button', { name: 'Close', exact: true }).click();

  await chat.ask('ping');
  await expect(chat.answer).toContainText('was asked for again');
  const figures = chat.answer.getByRole('list', { name: 'Figures of this answer' });
  await expect(figures).toContainText('2 attempts');
  await expect(figures).not.toContainText('tokens/s');
  const report = await reportOf(chat);
  await expect(report.getByRole('row', { name: /^JSON output/ })).toContainText('Done by this page');
  await expect(report.getByRole('row', { name: /^Seed 7/ })).toContainText('Sent as seed = 7');
  await expect(report.getByRole('row', { name: /^Stop/ })).toContainText('Sent as stop');
});
