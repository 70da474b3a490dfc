/**
 * One grid of real parts: the starter model on two engines in the page, beside a real server. Only what the machine can
 * do is asked of them: a few words each, and that none is disturbed by another.
 */
import { copyFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { starterModelFacts } from '../../scripts/starter-model/starter-model-facts.mjs';
import { convertedStarter } from '../support/starter-builds';
import { type StartedRelay, startRelay } from '../support/start-relay';
import { expect, noServers, test as base } from './app';
import { ComparePage } from './compare-page';

const { LLAMACPP_BASE_URL: llamacpp, OLLAMA_BASE_URL: ollama } = process.env;
const starter = starterModelFacts.file;
/** A real server: llama.cpp's where it runs, else Ollama. */
const server: { readonly lane: RegExp; readonly variable: Readonly<Record<string, string>> } = llamacpp
  ? { lane: /llama\.cpp/, variable: { LLAMACPP_BASE_URL: llamacpp } }
  : { lane: /Ollama/, variable: { OLLAMA_BASE_URL: ollama ?? '' } };
/** The offers name the models as they are found: one of three is there once the last is. */
const oneOfThree = /One of each that is ready[^,]*,[^,]*,[^,]*$/;
/** Three engines on two cores, one after the other; the first time the model is converted too. */
const patience = 120_000;

const test = base.extend<{ relay: StartedRelay; compare: ComparePage }>({
  relay: async ({ browserName: _ }, use) => {
    const models = await mkdtemp(join(tmpdir(), 'switchyard-models-'));
    await copyFile(join(import.meta.dirname, '../../models', starter), join(models, starter));
    await cp(await convertedStarter('8'), join(models, 'starter-onnx'), { recursive: true });
    const relay = await startRelay({ ...noServers, ...server.variable, RELAY_MODELS_DIR: models });
    await use(relay);
    await relay.stop();
    await rm(models, { recursive: true, force: true });
  },
  baseURL: async ({ relay }, use) => use(relay.url),
  compare: async ({ page }, use) => use(new ComparePage(page)),
});

test.skip(!llamacpp && !ollama, 'Neither LLAMACPP_BASE_URL nor OLLAMA_BASE_URL is set.');
test.setTimeout(4 * patience);

test('the same model on two engines in the page and a real server answer one prompt, each measured', async ({
  compare,
  page,
}) => {
  await page.goto('/#/compare');
  await page.getByRole('button', { name: oneOfThree }).click();
  await expect(compare.lane(3)).toBeVisible();
  await compare.limit(12);

  await compare.send('What is the capital of France?');
  const engines = new Set<string | null>();
  for (const number of [1, 2, 3]) {
    const answer = compare.answer(number);
    await expect(answer).toHaveAttribute('data-state', 'done', { timeout: patience });
    await expect(answer.locator('[data-part="text"]')).not.toBeEmpty();
    engines.add(await answer.getAttribute('data-backend'));
  }
  expect(engines).toContain('wllama');
  expect(engines).toContain('transformers');
  expect(engines.size).toBe(3);
  const figures = await compare.panel('Figures');
  const first = figures.getByRole('row', { name: /^Time to first token/ });
  await expect(first.getByRole('cell')).toHaveText([/\d/, /\d/, /\d/]);
});

test('a server that goes away ends its lane only, and the lane is retried alone', async ({
  compare,
  page,
}) => {
  await page.goto('/#/compare');
  await page.getByRole('button', { name: oneOfThree }).click();
  await expect(compare.lane(3)).toBeVisible();
  await compare.limit(8);
  const lane = page.getByRole('region', { name: server.lane });
  await page.route(/\/relay\//, (route) => route.abort());
  await compare.send('Name one colour.');
  await expect(lane.getByRole('article').last()).toHaveAttribute('data-state', 'failed');
  const others = page.locator('article[data-backend="wllama"], article[data-backend="transformers"]');
  await expect(others).toHaveCount(2);
  for (const other of await others.all())
    await expect(other).toHaveAttribute('data-state', 'done', { timeout: patience });

  await page.unroute(/\/relay\//);
  await lane.getByRole('button', { name: 'Retry' }).click();
  await expect(lane.getByRole('article').last()).toHaveAttribute('data-state', 'done', { timeout: patience });
});
