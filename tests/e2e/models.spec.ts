/** The Models screen as a person uses it: a hub on this machine, real files, real loads, and all that can go wrong. */
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { FakeHub, hashOf, padded } from '../support/fake-hub';
import { type StartedRelay, startRelay } from '../support/start-relay';
import { expect, noServers, test as base } from './app';
import { ChatPage } from './chat-page';
import { ModelsPage } from './models-page';

const tinyPath = join(import.meta.dirname, '../fixtures/tiny-model/tiny-q8_0.gguf');
/** A build of the catalogue whose hash is not in it, so that the hub of the test may say what it is. */
const listed = {
  label: 'SmolLM2 360M Instruct',
  repository: 'HuggingFaceTB/SmolLM2-360M-Instruct-GGUF',
  file: 'smollm2-360m-instruct-q8_0.gguf',
};
const loadTimeout = 60_000;
const megabyte = 1_000_000;

interface Fixtures {
  readonly tiny: Buffer;
  readonly hub: FakeHub;
  readonly folder: string;
  readonly relay: StartedRelay;
  readonly models: ModelsPage;
}

const test = base.extend<Fixtures>({
  tiny: async ({ browserName: _ }, use) => use(await readFile(tinyPath)),
  hub: async ({ tiny }, use) => {
    const hub = new FakeHub();
    await hub.open();
    hub.put(listed.repository, { path: listed.file, content: tiny });
    hub.put('acme/big', { path: 'big-q8_0.gguf', content: padded(tiny, 6 * megabyte) });
    await use(hub);
    await hub.close();
  },
  folder: async ({ browserName: _ }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'switchyard-models-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  relay: async ({ hub, folder }, use) => {
    const relay = await startRelay({
      ...noServers,
      RELAY_MODELS_DIR: folder,
      SWITCHYARD_MODEL_MIRROR: hub.url,
    });
    await use(relay);
    await relay.stop();
  },
  baseURL: async ({ relay }, use) => use(relay.url),
  context: async ({ context }, use) => {
    // Behind the mirror there is no hub in a test.
    await context.route('https://huggingface.co/**', (route) => route.abort());
    await use(context);
  },
  models: async ({ page }, use) => {
    const models = new ModelsPage(page);
    await models.open();
    await use(models);
  },
});

/** Chromium holds itself to this figure, but goes on telling pages its own. */
async function allow(page: Page, bytes: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.overrideQuotaForOrigin', {
    origin: new URL(page.url()).origin,
    quotaSize: bytes,
  });
}

test('everything is shown with its size and verdict, and nothing is fetched unasked', async ({
  models,
  hub,
}) => {
  const items = models.list.getByRole('listitem');
  expect(await items.count()).toBeGreaterThanOrEqual(25);
  for (const text of await items.allInnerTexts()) {
    expect(text).toMatch(/\d (MB|GB)/);
    expect(text).toMatch(/Fits|Tight|Will not fit|Not known/);
  }
  await expect(models.page.getByRole('region', { name: 'Storage' })).toContainText(/of .* used/);
  expect(hub.requests).toEqual([]);
});

test('download, load, chat, unload, delete', async ({ models, hub, page, tiny }) => {
  const { label } = listed;
  await page.evaluate(() => {
    const { storage } = navigator;
    const persist = storage.persist.bind(storage);
    storage.persist = () => {
      document.body.dataset['asked'] = 'yes';
      return persist();
    };
  });
  await models.press(label, 'Download');
  await models.becomes(label, 'ready');
  await expect(page.locator('body')).toHaveAttribute('data-asked', 'yes');
  expect(hub.moved).toBe(tiny.length);
  await models.press(label, 'Load');
  await models.becomes(label, 'loaded', loadTimeout);
  await models.press(label, 'Chat');
  const chat = new ChatPage(page);
  await expect(page.getByRole('button', { name: 'Model', exact: true })).toHaveAccessibleDescription(
    `In this page · ${label}`,
  );
  expect(await chat.ask('ping')).toBe('pong');
  await page.getByRole('link', { name: 'Models', exact: true }).click();
  await models.press(label, 'Unload');
  await models.becomes(label, 'ready');
  await models.press(label, 'Delete');
  await models.becomes(label, 'absent');
  await expect(models.button(label, 'Download')).toBeVisible();
  expect(hub.moved).toBe(tiny.length);
});

test('bytes, speed and time left are told; a pause and a reload lose nothing', async ({
  models,
  hub,
  page,
}) => {
  await models.add('acme/big');
  expect(hub.moved).toBe(0);
  hub.faults.pause = 40;
  await models.press('big', 'Download');
  await models.comes('big');
  const bar = models.item('big').getByRole('progressbar');
  await expect(bar).toHaveAttribute('max', String(6 * megabyte));
  await expect(bar).toHaveAttribute('aria-valuetext', /[\d.]+ [KM]B of 6\.0 MB/);
  await expect(models.item('big')).toContainText(/[KM]B\/s/);
  await expect(models.item('big')).toContainText(/s left/);
  await models.press('big', 'Pause');
  await models.becomes('big', 'partial');
  await page.reload();
  await models.becomes('big', 'partial');
  await expect(models.item('big')).toContainText(/Partly here/);
  hub.faults.pause = 0;
  await models.press('big', 'Resume');
  await models.becomes('big', 'ready');
  // What lay between server and page when the pause came is sent once more.
  expect(hub.moved).toBeLessThan(7 * megabyte);
});

test('a download that is on its way can be given up', async ({ models, hub }) => {
  await models.add('acme/big');
  hub.faults.pause = 40;
  await models.press('big', 'Download');
  await models.comes('big');
  await models.press('big', 'Delete');
  await expect(models.item('big')).toHaveCount(0);
  await expect(models.page.getByRole('region', { name: 'Storage' })).not.toContainText('MB used');
});

test('cuts in the middle are nothing a person has to see', async ({ models, hub }) => {
  hub.faults.cut = 1.5 * megabyte;
  await models.add('acme/big');
  await models.press('big', 'Download');
  await models.becomes('big', 'ready', loadTimeout);
  expect(hub.moved).toBe(6 * megabyte);
});

test('another tab sees the download, and can go on with it when the first is closed', async ({
  models,
  hub,
  context,
}) => {
  const other = new ModelsPage(await context.newPage());
  await other.open();
  await models.add('acme/big');
  hub.faults.pause = 40;
  await models.press('big', 'Download');
  await other.comes('big');
  await expect(other.item('big')).toContainText('Downloading in another tab');
  await expect(other.button('big', 'Pause')).toHaveCount(0);
  await models.page.close();
  await other.becomes('big', 'partial');
  hub.faults.pause = 0;
  await other.press('big', 'Resume');
  await other.becomes('big', 'ready');
});

test('a web page instead of the weights is noticed, and the next attempt works', async ({ models, hub }) => {
  const { label } = listed;
  hub.faults.isPage = true;
  await models.press(label, 'Download');
  await models.becomes(label, 'failed');
  await expect(models.item(label).locator('[data-part="error"]')).toHaveCount(1);
  await expect(models.item(label)).toContainText(/web page/i);
  hub.faults.isPage = false;
  await models.press(label, 'Resume');
  await models.becomes(label, 'ready');
});

test('what went wrong before the device answered stays in view', async ({ models, page }) => {
  const { label } = listed;
  await page.addInitScript(() => {
    const { requestAdapter } = GPU.prototype;
    GPU.prototype.requestAdapter = async function (options) {
      await new Promise((resolve) => setTimeout(resolve, 3000));
      return requestAdapter.call(this, options);
    };
  });
  await page.reload();
  // The smallest build, of which this hub has nothing.
  await models.press(label, 'Download');
  await expect(models.item(label).locator('[data-part="error"]')).toHaveCount(1);
  await expect(page.getByText(/^This device:/)).toHaveCount(0);
  await expect(page.getByText(/^This device:/)).toBeVisible();
  await expect(models.item(label).locator('[data-part="error"]')).toHaveCount(1);
});

test('bytes that are not as published are not kept', async ({ models, hub, tiny }) => {
  const { label, repository, file } = listed;
  hub.put(repository, { path: file, content: tiny, sha256: hashOf(Buffer.from('another')) });
  await models.press(label, 'Download');
  await models.becomes(label, 'failed');
  await expect(models.item(label)).toContainText('did not arrive as it was published');
  await models.page.reload();
  await models.becomes(label, 'partial');
  await expect(models.button(label, 'Load')).toHaveCount(0);
});

test('files that rot in the browser are found and fetched anew', async ({ models, hub, page, tiny }) => {
  const { label } = listed;
  await models.press(label, 'Download');
  await models.becomes(label, 'ready');
  await models.item(label).getByRole('button', { expanded: false }).click();
  const repair = models.button(label, 'Check and repair its files');
  await repair.click();
  await expect(page.getByText(`${label} is intact.`)).toBeVisible();
  expect(hub.moved).toBe(tiny.length);
  await page.evaluate(async (name) => {
    const root = await navigator.storage.getDirectory();
    const folder = await (await root.getDirectoryHandle('models')).getDirectoryHandle('wllama');
    for await (const id of folder.keys()) {
      const file = await (await folder.getDirectoryHandle(id)).getFileHandle(name);
      const stream = await file.createWritable({ keepExistingData: true });
      await stream.write({ type: 'write', position: 1000, data: new Uint8Array([1, 2, 3, 4]) });
      await stream.close();
    }
  }, listed.file);
  await repair.click();
  await expect.poll(() => hub.moved).toBe(2 * tiny.length);
  await models.becomes(label, 'ready');
  await models.press(label, 'Load');
  await models.becomes(label, 'loaded', loadTimeout);
});

test('room that runs out half-way: the parts stay, and the person goes on', async ({ models, hub, page }) => {
  await models.add('acme/big');
  await allow(page, 5 * megabyte);
  await models.press('big', 'Download');
  await models.becomes('big', 'failed');
  const item = models.item('big');
  await expect(item.locator('[data-part="error"]')).toHaveAttribute('data-code', 'storage-full');
  await expect(item).toContainText(/Stopped\s*[1-9][\d.]* [KM]B of 6\.0 MB/);
  await expect(item).toContainText('What has arrived is kept.');
  await expect(models.button('big', 'Delete')).toBeVisible();
  const before = hub.moved;
  await allow(page, 50 * megabyte);
  await models.press('big', 'Resume');
  await models.becomes('big', 'ready');
  expect(hub.moved - before).toBeLessThan(6 * megabyte);
});

test('the list is narrowed to what fits, and an empty one offers the way back', async ({ models, page }) => {
  const items = models.list.getByRole('listitem');
  const all = await items.count();
  await page.getByRole('checkbox', { name: 'Fits this device' }).check();
  await expect.poll(() => items.count()).toBeLessThan(all);
  for (const text of await items.allInnerTexts()) expect(text).toContain('Fits');
  await page.getByRole('combobox', { name: 'Engine' }).selectOption({ label: 'WebLLM (WebGPU)' });
  await expect(page.getByText('No model is left by this filter.'), 'no graphics card here').toBeVisible();
  await page.getByRole('button', { name: `Show all ${all}` }).click();
  await expect(items).toHaveCount(all);
  await page.getByRole('searchbox', { name: 'Find a model' }).fill('360m');
  await expect(items).toHaveCount(1);
});

test('a model is added by an address', async ({ models, hub }) => {
  await models.add(hub.addressOf('acme/big', 'big-q8_0.gguf'));
  const added = models.list.getByRole('listitem').filter({ hasText: '6.0 MB' });
  await expect(added).toHaveCount(1);
  await added.getByRole('button', { name: 'Download', exact: true }).click();
  await expect(added).toHaveAttribute('data-state', 'ready');
});

test('a name that stands for nothing is said where it was typed', async ({ models, page }) => {
  const form = page.locator('#models-add');
  await models.add('no name');
  await expect(form.locator('[data-part="error"]')).toHaveAttribute('data-code', 'bad-request');
  await expect(page.getByRole('textbox', { name: 'Repository, address or files' })).toHaveValue('no name');
});

test('files of this device: a good one, a cut one, and one that is no model', async ({
  models,
  page,
  tiny,
  folder,
}) => {
  const [good, cut, other] = ['mine-q8_0.gguf', 'cut.gguf', 'notes.gguf'].map((name) => join(folder, name));
  await copyFile(tinyPath, good ?? '');
  await writeFile(cut ?? '', tiny.subarray(0, tiny.length / 2));
  await writeFile(other ?? '', 'just some notes');
  await page.getByRole('button', { name: 'Add a model', exact: true }).click();
  const form = page.locator('#models-add');
  const choose = (path = '') => page.getByLabel('Model files').setInputFiles(path);
  await choose(cut);
  await expect(form).toContainText('cut.gguf is cut');
  await choose(other);
  await expect(form).toContainText('not a GGUF file');
  await choose(good);
  const added = models.list.locator('[data-state="ready"]');
  await expect(added).toHaveCount(1);
  await expect(form.locator('[data-part="error"]')).toHaveCount(0);
  await added.getByRole('button', { name: 'Load', exact: true }).click();
  await expect(models.list.locator('[data-state="loaded"]')).toHaveCount(1, { timeout: loadTimeout });
});

test('a load that puts another model out says so before', async ({ models, page, folder }) => {
  for (const name of ['one.gguf', 'two.gguf']) await copyFile(tinyPath, join(folder, name));
  await page.getByRole('button', { name: 'Check again' }).click();
  await models.press('one', 'Load');
  await models.becomes('one', 'loaded', loadTimeout);
  await expect(models.item('two')).toContainText('Loading it unloads one.');
  await models.press('two', 'Load');
  await models.becomes('two', 'loaded', loadTimeout);
  await expect(models.item('one')).not.toHaveAttribute('data-state', 'loaded');
});

test('what is kept is told by its purpose, and the engines can be cleared', async ({ models, page }) => {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
  await models.press(listed.label, 'Download');
  await models.becomes(listed.label, 'ready');
  await models.press(listed.label, 'Load');
  await models.becomes(listed.label, 'loaded', loadTimeout);
  await page.reload();
  const storage = page.getByRole('region', { name: 'Storage' });
  await storage.locator('summary').click();
  for (const part of ['Models', 'Engines', 'App', 'Conversations']) {
    await expect(storage.getByRole('term').filter({ hasText: part })).toHaveCount(1);
  }
  const engines = storage.locator('dl > div').filter({ hasText: 'Engines' }).getByRole('definition');
  await expect(engines).toHaveText(/ MB$/);
  await storage.getByRole('button', { name: 'Clear engines' }).click();
  await expect(engines).toHaveText('0 B');
});

for (const look of [
  { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
] as const) {
  test.describe(`accessible at ${look.viewport.width}`, () => {
    test.use({ ...look, contextOptions: { reducedMotion: 'reduce' } });

    test('every state without a violation, and by keyboard alone', async ({ models, hub, page, tiny }) => {
      hub.put('acme/broken', { path: 'broken-q8_0.gguf', content: tiny, sha256: hashOf(Buffer.from('x')) });
      hub.put('acme/An-Extraordinarily-Long-Name-That-Somebody-Gave-A-Model-To-Say-All-Of-It-Instruct-GGUF', {
        path: 'x-q8_0.gguf',
        content: tiny,
      });
      for (const name of [
        'big',
        'broken',
        'An-Extraordinarily-Long-Name-That-Somebody-Gave-A-Model-To-Say-All-Of-It-Instruct-GGUF',
      ]) {
        await models.add(`acme/${name}`);
      }
      await models.press('broken', 'Download');
      await models.becomes('broken', 'failed');
      hub.faults.pause = 40;
      await models.button('big', 'Download').focus();
      await page.keyboard.press('Enter');
      await models.comes('big');
      await models.button('big', 'Pause').focus();
      await page.keyboard.press('Enter');
      await models.becomes('big', 'partial');
      const builds = models.item(listed.label).getByRole('button', { expanded: false });
      await builds.focus();
      await page.keyboard.press('Enter');
      await models.item(listed.label).getByRole('radio').first().focus();
      await page.keyboard.press('ArrowDown');
      await expect(models.item(listed.label).getByRole('radio').nth(1)).toBeChecked();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
      ).toEqual([]);
      const overflow = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.querySelector('.screen') ?? document.documentElement;
        return scrollWidth - clientWidth;
      });
      expect(overflow, 'nothing is wider than the screen').toBeLessThanOrEqual(0);
    });
  });
}
