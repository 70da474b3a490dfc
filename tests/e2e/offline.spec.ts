/** Without a network: the page, its engine and its conversations after a restart, and updates that wait to be wanted. */
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { writeServiceWorker } from '../../scripts/offline/write-service-worker';
import { chromiumFlags, findChromium } from '../support/find-chromium.mjs';
import { Site } from '../support/site';
import { expect, noServers, test as base } from './app';
import { ChatPage } from './chat-page';

const builtPage = join(import.meta.dirname, '../../dist/page');
const tiny = join(import.meta.dirname, '../fixtures/tiny-model/tiny-q8_0.gguf');
const loadTimeout = 60_000;

interface Fixtures {
  readonly folder: string;
  readonly site: Site;
  /** Opens the browser of one person: a second one has what the first one has left behind. */
  readonly openBrowser: () => Promise<BrowserContext>;
}

const test = base.extend<Fixtures>({
  folder: async ({ browserName: _ }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'switchyard-offline-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  site: async ({ folder }, use) => {
    const models = join(folder, 'models');
    await cp(tiny, join(models, 'tiny.gguf'));
    const site = new Site({ ...noServers, RELAY_MODELS_DIR: models });
    await site.open();
    await use(site);
    await site.close();
  },
  openBrowser: async ({ folder }, use) => {
    const opened: BrowserContext[] = [];
    await use(async () => {
      const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
        executablePath: findChromium(),
        args: chromiumFlags,
        locale: 'en-US',
      });
      opened.push(context);
      return context;
    });
    for (const context of opened) await context.close();
  },
});

test.slow();

/** Opens the page in the first tab and waits until the service worker is in charge of it. */
async function visit(context: BrowserContext, site: Site): Promise<ChatPage> {
  const chat = new ChatPage(context.pages()[0] ?? (await context.newPage()));
  await chat.open(site.url);
  await inCharge(chat.page);
  return chat;
}

/** It has kept all files of the page then, which takes its time on a busy machine. */
async function inCharge(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated', undefined, {
    timeout: 60_000,
  });
}

async function keptPaths(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('switchyard-'));
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });
}

/** Asks the service worker as src/offline/ask-service-worker.ts does. */
async function askWorker(page: Page, request: object): Promise<unknown> {
  return page.evaluate(async (message) => {
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    const reply = new Promise<unknown>((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
    active?.postMessage(message, [port2]);
    return reply;
  }, request);
}

/** A copy of the build in which the page has the attribute `data-build`. */
async function changedBuild(folder: string, change?: (directory: string) => Promise<void>): Promise<string> {
  const directory = join(folder, 'changed');
  await cp(builtPage, directory, { recursive: true });
  const html = await readFile(join(directory, 'index.html'), 'utf8');
  await writeFile(join(directory, 'index.html'), html.replace('<html', '<html data-build="changed"'));
  await change?.(directory);
  await writeServiceWorker(directory);
  return directory;
}

/** Of engines, and the character maps and fonts that only some PDF files ask for. */
function isOnDemand(path: string): boolean {
  return /\/(wllama|webllm|transformers)\.worker-|\/ort-wasm-|\.(wasm|bcmap|pfb|ttf)$/.test(path);
}

test('after one visit the page opens without relay and network, browser restarted, as isolated and strict as before', async ({
  site,
  openBrowser,
}) => {
  const before = await openBrowser();
  await visit(before, site);
  await before.close();
  await site.close();

  const context = await openBrowser();
  const page = context.pages()[0] ?? (await context.newPage());
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  const response = await page.goto(site.url);
  expect(response?.fromServiceWorker()).toBe(true);
  const headers = response?.headers() ?? {};
  expect(headers['cross-origin-opener-policy']).toBe('same-origin');
  expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
  expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'");
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Settings', exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Models', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Models', exact: true })).toBeVisible();
  expect(errors).toEqual([]);

  const files = await readdir(join(builtPage, 'assets'));
  const missing = await page.evaluate(
    async (paths) => {
      const asked = paths.map(async (path) => ((await fetch(path).catch(() => undefined))?.ok ? [] : [path]));
      return (await Promise.all(asked)).flat();
    },
    files.map((file) => `/assets/${file}`),
  );
  expect(missing.filter((path) => !isOnDemand(path))).toEqual([]);
  expect(missing, 'no engine was used, so none is kept').not.toEqual([]);
});

test('after one model it answers without relay and network, browser restarted, and nothing was sent twice', async ({
  site,
  openBrowser,
}) => {
  const before = await openBrowser();
  const first = await visit(before, site);
  await first.choose('In this page · tiny');
  expect(await first.ask('ping')).toBe('pong');
  await expect
    .poll(() => keptPaths(first.page))
    .toEqual(expect.arrayContaining([expect.stringMatching(/wllama.*\.wasm$/)]));
  const files = [...site.sent].filter(([path]) => path.startsWith('/assets/'));
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter(([, times]) => times > 1)).toEqual([]);
  expect((await keptPaths(first.page)).filter((path) => /^\/(api|relay|models)/.test(path))).toEqual([]);
  await before.close();
  await site.close();

  const after = await openBrowser();
  const chat = new ChatPage(after.pages()[0] ?? (await after.newPage()));
  await chat.open(site.url);
  await chat.page.getByRole('link', { name: 'ping' }).click();
  await expect(chat.text).toHaveText('pong');
  await chat.startAnew();
  await chat.choose('In this page · tiny');
  expect(await chat.ask('count to ten', loadTimeout)).toBe('1 2 3 4 5 6 7 8 9 10');
});

test('an engine that was quicker than the service worker is kept too', async ({ site, openBrowser }) => {
  const release = site.hold('/service-worker.js');
  const context = await openBrowser();
  const chat = new ChatPage(context.pages()[0] ?? (await context.newPage()));
  await chat.open(site.url);
  await chat.choose('In this page · tiny');
  expect(await chat.ask('ping')).toBe('pong');
  expect(await keptPaths(chat.page)).toEqual([]);
  release();
  await inCharge(chat.page);
  await expect
    .poll(() => keptPaths(chat.page))
    .toEqual(
      expect.arrayContaining([
        expect.stringMatching(/wllama.*\.wasm$/),
        expect.stringContaining('wllama.worker'),
      ]),
    );
  expect([...site.sent].filter(([path, times]) => path.startsWith('/assets/') && times > 1)).toEqual([]);
});

test('what is kept of the engines can be counted and cleared', async ({ site, openBrowser }) => {
  const chat = await visit(await openBrowser(), site);
  expect(await askWorker(chat.page, { type: 'list-runtimes' })).toEqual([]);
  await chat.choose('In this page · tiny');
  await chat.ask('ping');
  const wasm = (await readdir(join(builtPage, 'assets'))).filter((file) => /^wllama.*\.wasm$/.test(file));
  const sizes = await Promise.all(wasm.map((file) => readFile(join(builtPage, 'assets', file))));
  const atLeast = sizes.reduce((sum, { length }) => sum + length, 0);
  await expect
    .poll(async () => (await askWorker(chat.page, { type: 'list-runtimes' })) as { bytes: number }[])
    .toEqual([{ name: 'wllama', bytes: expect.any(Number) }]);
  const [listed] = (await askWorker(chat.page, { type: 'list-runtimes' })) as { bytes: number }[];
  expect(listed?.bytes).toBeGreaterThan(atLeast);
  await askWorker(chat.page, { type: 'clear-runtimes' });
  expect(await askWorker(chat.page, { type: 'list-runtimes' })).toEqual([]);
  expect((await keptPaths(chat.page)).some((path) => path.endsWith('.wasm'))).toBe(false);
});

test('a new version is offered, comes only when wanted, and brings the used engine along', async ({
  site,
  folder,
  openBrowser,
}) => {
  const context = await openBrowser();
  const chat = await visit(context, site);
  const { page } = chat;
  await chat.choose('In this page · tiny');
  expect(await chat.ask('ping')).toBe('pong');
  await expect.poll(() => askWorker(page, { type: 'list-runtimes' })).toHaveLength(1);
  const keptBefore = await keptPaths(page);
  const notice = page.getByRole('status', { name: 'Update' });
  await expect(notice).toBeEmpty();

  const directory = await changedBuild(folder, async (changed) => {
    await renameEverywhere(changed, /^wllama\.worker-(.{8})\.js$/);
  });
  await site.close();
  await site.open(directory);
  await page.reload();
  await expect(notice).toContainText('A new version is ready');
  await expect(page.locator('html')).not.toHaveAttribute('data-build');
  expect(await chat.ask('ping', loadTimeout), 'the old version goes on').toBe('pong');

  const other = await context.newPage();
  await other.goto(site.url);
  await expect(other.getByRole('status', { name: 'Update' })).toContainText('A new version is ready');
  await expect(other.locator('html')).not.toHaveAttribute('data-build');
  await other.getByRole('button', { name: 'Later' }).click();
  await expect(other.getByRole('status', { name: 'Update' })).toBeEmpty();

  await notice.getByRole('button', { name: 'Reload' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-build', 'changed');
  await expect(notice).toBeEmpty();
  await expect(other.locator('html')).not.toHaveAttribute('data-build');
  await other.getByRole('link', { name: 'Settings', exact: true }).click();
  await expect(other.getByRole('heading', { name: 'Settings', exact: true })).toBeVisible();
  await other.getByRole('status', { name: 'Update' }).getByRole('button', { name: 'Reload' }).click();
  await expect(other.locator('html')).toHaveAttribute('data-build', 'changed');
  await context.close();

  const later = await openBrowser();
  const next = await visit(later, site);
  await expect(next.page.locator('html')).toHaveAttribute('data-build', 'changed');
  const oldWorker = keptBefore.find((path) => path.includes('wllama.worker-')) ?? '';
  expect(oldWorker).not.toBe('');
  await expect.poll(() => keptPaths(next.page)).not.toContain(oldWorker);
  await site.close();
  await next.page.reload();
  await next.choose('In this page · tiny');
  expect(await next.ask('count to ten', loadTimeout)).toBe('1 2 3 4 5 6 7 8 9 10');
});

test('where another program listens now, the service worker steps aside', async ({ site, openBrowser }) => {
  const { page } = await visit(await openBrowser(), site);
  await site.close();
  await site.openAnother('<!doctype html><title>Another</title><h1>Another program</h1>');
  await page.reload();
  await expect
    .poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length))
    .toBe(0);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Another program' })).toBeVisible();
});

test('the page can be installed', async ({ site, openBrowser }) => {
  const context = await openBrowser();
  const { page } = await visit(context, site);
  const devtools = await context.newCDPSession(page);
  const { errors, data, url } = await devtools.send('Page.getAppManifest');
  expect(url).toBe(`${site.url}/manifest.webmanifest`);
  expect(errors).toEqual([]);
  const manifest = JSON.parse(data ?? '{}') as { name: string; icons: { src: string; sizes: string }[] };
  expect(manifest.name).toBe('Switchyard');
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  expect(installabilityErrors).toEqual([]);
  for (const { src, sizes } of manifest.icons.filter((icon) => icon.src.endsWith('.png'))) {
    const size = await page.evaluate(async (address) => {
      const bitmap = await createImageBitmap(await (await fetch(address)).blob());
      return `${bitmap.width}x${bitmap.height}`;
    }, src);
    expect(size, src).toBe(sizes);
  }
});

/** Gives a file another hash in its name, and everybody who names it the new name. */
async function renameEverywhere(directory: string, pattern: RegExp): Promise<void> {
  const assets = join(directory, 'assets');
  const files = await readdir(assets);
  const name = files.find((file) => pattern.test(file));
  if (name === undefined) throw new Error(`No file like ${pattern.source}`);
  const renamed = name.replace(/.{8}(?=\.\w+$)/, 'changed1');
  for (const file of files.filter((one) => one.endsWith('.js'))) {
    const content = await readFile(join(assets, file), 'utf8');
    if (content.includes(name)) await writeFile(join(assets, file), content.replaceAll(name, renamed));
  }
  await rename(join(assets, name), join(assets, renamed));
}
