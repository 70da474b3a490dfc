/** A models folder with a model for each engine that runs without a graphics card: both are offered and both answer. */
import { copyFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StartedRelay, startRelay } from '../support/start-relay';
import { expect, noServers, test as base } from './app';
import { ChatPage } from './chat-page';

const fixtures = join(import.meta.dirname, '../fixtures/tiny-model');

const test = base.extend<{ relay: StartedRelay; chat: ChatPage }>({
  relay: async ({ browserName: _ }, use) => {
    const models = await mkdtemp(join(tmpdir(), 'switchyard-models-'));
    await cp(join(fixtures, 'transformers'), join(models, 'tiny-onnx'), { recursive: true });
    await copyFile(join(fixtures, 'tiny-q8_0.gguf'), join(models, 'tiny-gguf.gguf'));
    const relay = await startRelay({ ...noServers, RELAY_MODELS_DIR: models });
    await use(relay);
    await relay.stop();
    await rm(models, { recursive: true, force: true });
  },
  baseURL: async ({ relay }, use) => use(relay.url),
  chat: async ({ page }, use) => {
    const chat = new ChatPage(page);
    await chat.open();
    await use(chat);
  },
});

test('a folder for Transformers.js and a GGUF answer beside each other', async ({ chat, consoleErrors }) => {
  const models = [
    { name: 'In this page (Transformers.js) · tiny-onnx fp32', backend: 'transformers' },
    { name: 'In this page (Transformers.js) · tiny-onnx q8', backend: 'transformers' },
    { name: 'In this page · tiny-gguf', backend: 'wllama' },
  ];
  for (const { name, backend } of models) {
    await chat.choose(name);
    expect(await chat.ask('ping')).toBe('pong');
    await expect(chat.answer).toHaveAttribute('data-backend', backend);
  }
  // Back to the first, whose worker was kept or is started anew.
  await chat.choose('In this page (Transformers.js) · tiny-onnx fp32');
  expect(await chat.ask('count to ten')).toBe('1 2 3 4 5 6 7 8 9 10');
  expect(consoleErrors).toEqual([]);
});
