/** The engine in the page: the real starter model with the cable pulled, and the tiny one for everything that goes wrong. */
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { starterModelFacts } from '../../scripts/starter-model/starter-model-facts.mjs';
import { type StartedRelay, startRelay } from '../support/start-relay';
import { expect, noServers, test as base } from './app';
import { ChatPage } from './chat-page';
import { ModelsPage } from './models-page';

const models = join(import.meta.dirname, '../../models');
const tiny = join(import.meta.dirname, '../fixtures/tiny-model/tiny-q8_0.gguf');
/** What must hold within 2 s has to pass on a machine that is busy with something else too. */
const soon = 5_000;
const loadTimeout = 60_000;
/** The starter model writes ten words a second where cores are few. */
const answerTimeout = 120_000;

const test = base.extend<{ relay: StartedRelay; modelsDirectory: string; chat: ChatPage }>({
  modelsDirectory: [models, { option: true }],
  relay: async ({ modelsDirectory }, use) => {
    const relay = await startRelay({ ...noServers, RELAY_MODELS_DIR: modelsDirectory });
    await use(relay);
    await relay.stop();
  },
  baseURL: async ({ relay }, use) => use(relay.url),
  chat: async ({ page }, use) => {
    const chat = new ChatPage(page);
    await chat.open();
    await use(chat);
  },
});

/** A folder of models for one test. */
const withModels = test.extend({
  modelsDirectory: async ({ browserName: _ }, use) => {
    const directory = await mkdtemp(join(tmpdir(), 'switchyard-models-'));
    await copyFile(tiny, join(directory, 'tiny.gguf'));
    const whole = await readFile(tiny);
    await writeFile(join(directory, 'cut.gguf'), whole.subarray(0, whole.length / 2));
    await writeFile(join(directory, 'web-page.gguf'), '<!doctype html><title>Sign in</title><p>Not here</p>');
    await use(directory);
    await rm(directory, { recursive: true, force: true });
  },
});

/** Notes the states of every answer in the order in which they are shown. */
async function watchStates(page: Page): Promise<() => Promise<string[]>> {
  const states = await page.evaluateHandle(() => {
    const seen: string[] = [];
    new MutationObserver(() => {
      const state = [...document.querySelectorAll('article')].at(-1)?.dataset['state'];
      if (state !== undefined && state !== seen.at(-1)) seen.push(state);
    }).observe(document.body, { subtree: true, childList: true, attributeFilter: ['data-state'] });
    return seen;
  });
  return () => states.jsonValue();
}

test.describe('the starter model', () => {
  test.skip(
    !existsSync(join(models, starterModelFacts.file)),
    `models/${starterModelFacts.file} is not there: run \`npm start\` once with a network.`,
  );
  test.slow();

  test('one click to a first answer, and more of them without relay and network', async ({
    chat,
    page,
    context,
    relay,
  }) => {
    const states = await watchStates(page);
    await page.getByRole('list', { name: 'Examples to start with' }).getByRole('button').first().click();
    await chat.becomes('done', answerTimeout);
    expect((await states()).filter((state) => state !== 'waiting')).toEqual(['loading', 'streaming', 'done']);
    await expect(chat.text).not.toBeEmpty();
    await expect(chat.answer).toHaveAttribute('data-backend', 'wllama');
    await expect(chat.answer).toContainText('In this page · CPU');

    await chat.limit(24);
    await context.setOffline(true);
    await relay.stop();
    expect(await chat.ask('Name one colour.', answerTimeout)).not.toBe('');
    await chat.startAnew();
    expect(await chat.ask('What is the capital of Italy?', answerTimeout)).not.toBe('');
  });

  test('Stop is obeyed while it writes and while it reads, and the next answer comes', async ({
    chat,
    page,
  }) => {
    const stop = page.getByRole('button', { name: 'Stop' });
    await chat.send('Write a very long story about a river, with many chapters.');
    await expect(chat.text).not.toBeEmpty({ timeout: answerTimeout });
    await stop.click();
    await chat.becomes('stopped', soon);
    await expect(chat.text).not.toBeEmpty();

    await chat.startAnew();
    await chat.send(`Sum this up: ${'the river runs to the sea and the sea is wide. '.repeat(150)}`);
    await chat.becomes('waiting', loadTimeout);
    // It is deep in the prompt by then, which takes many times as long.
    await page.waitForTimeout(1500);
    await stop.click();
    await chat.becomes('stopped', soon);
    await expect(chat.text).toBeEmpty();

    await chat.startAnew();
    await chat.limit(24);
    expect(await chat.ask('What is the capital of France?', answerTimeout)).not.toBe('');
  });
});

withModels(
  'after an unload the engine starts anew without relay and network',
  async ({ chat, page, context, relay }) => {
    await chat.choose('In this page · tiny');
    expect(await chat.ask('ping')).toBe('pong');
    await page.getByRole('link', { name: 'Models' }).click();
    const models = new ModelsPage(page);
    await models.press('tiny', 'Unload');
    await expect(models.button('tiny', 'Load')).toBeVisible();
    await context.setOffline(true);
    await relay.stop();
    await page.getByRole('link', { name: 'Chat', exact: true }).click();
    expect(await chat.ask('ping')).toBe('pong');
  },
);

withModels('two tabs answer, one after the other and at once', async ({ chat, context }) => {
  const other = new ChatPage(await context.newPage());
  await other.open();
  await chat.choose('In this page · tiny');
  await other.choose('In this page · tiny');
  await chat.send('ping');
  await other.send('ping');
  for (const tab of [chat, other]) {
    await tab.becomes('done', loadTimeout);
    await expect(tab.text).toHaveText('pong');
  }
  expect(await other.ask('count to ten')).toBe('1 2 3 4 5 6 7 8 9 10');
  expect(await chat.ask('ping')).toBe('pong');
});

for (const { model, says } of [
  { model: 'cut', says: /could not read cut/ },
  { model: 'web-page', says: /web-page/ },
]) {
  withModels(
    `a model file that is none (${model}) is said once, and another model answers`,
    async ({ chat, page }) => {
      await chat.choose(`In this page · ${model}`);
      await chat.send('ping');
      await chat.becomes('failed', loadTimeout);
      const error = page.locator('[data-part="error"]');
      await expect(error).toHaveCount(1);
      await expect(error).toHaveAttribute('data-code', 'load-failed');
      await expect(error).toContainText(says);
      await expect(error).toContainText('Your message is kept.');
      await chat.choose('In this page · tiny');
      await chat.answer.getByRole('button', { name: 'Retry' }).click();
      await expect(chat.text).toHaveText('pong', { timeout: loadTimeout });
      await chat.becomes('done');
    },
  );
}

withModels(
  'a message over the context window is refused with numbers, and nothing is lost',
  async ({ chat, page }) => {
    await chat.choose('In this page · tiny');
    expect(await chat.ask('ping')).toBe('pong');
    await chat.send('count to ten '.repeat(600));
    await chat.becomes('failed');
    const error = chat.answer.locator('[data-part="error"]');
    await expect(error).toHaveAttribute('data-code', 'context-overflow');
    await expect(error).toContainText(/\d{4} tokens.* 1024/);
    await expect(error).toContainText('Your message is kept.');
    await page.reload();
    await expect(chat.answers).toHaveCount(2);
    await expect(chat.answers.first().locator('[data-part="text"]')).toHaveText('pong');
    await expect(error).toHaveAttribute('data-code', 'context-overflow');
    await page.getByText('count to ten').last().hover();
    await page.getByRole('button', { name: 'Edit message' }).last().click();
    await page.getByRole('textbox', { name: 'Edit message' }).fill('count to ten');
    await page.getByRole('button', { name: 'Send again' }).click();
    await expect(chat.text).toHaveText('1 2 3 4 5 6 7 8 9 10', { timeout: loadTimeout });
  },
);

const withoutModels = test.extend({
  modelsDirectory: async ({ browserName: _ }, use) => {
    const directory = await mkdtemp(join(tmpdir(), 'switchyard-no-models-'));
    await use(directory);
    await rm(directory, { recursive: true, force: true });
  },
});

withoutModels(
  'without any model the page says what is missing and what brings one',
  async ({ chat, page, modelsDirectory }) => {
    await expect(page.getByRole('heading', { name: 'No model answers yet' })).toBeVisible();
    await expect(page.getByText('npm start')).toBeVisible();
    await expect(page.getByRole('link', { name: 'add a server in Settings' })).toBeVisible();
    await chat.message.fill('ping');
    await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled();
    await copyFile(tiny, join(modelsDirectory, 'tiny.gguf'));
    await page.getByRole('button', { name: 'Check again' }).click();
    await expect(page.getByRole('button', { name: 'Model', exact: true })).toHaveAccessibleDescription(
      'In this page · tiny',
    );
    await chat.message.press('Enter');
    await chat.becomes('done', loadTimeout);
    await expect(chat.text).toHaveText('pong');
  },
);
