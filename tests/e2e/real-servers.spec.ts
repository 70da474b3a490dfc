/**
 * Real servers in the real page, through the relay and called by the browser itself.
 * `npm test` starts them and names them by `OLLAMA_BASE_URL` and `INSTRUCTLAB_BASE_URL`.
 */
import type { Page } from '@playwright/test';
import { expect } from './app';
import { testWithRelay } from './with-relay';

/** A small model on a busy machine: what matters is that an answer comes, not when. */
const patience = 120_000;
const soon = 5_000;
const { OLLAMA_BASE_URL: ollama, INSTRUCTLAB_BASE_URL: instructlab } = process.env;

const test = testWithRelay({ OLLAMA_BASE_URL: ollama, INSTRUCTLAB_BASE_URL: instructlab });

interface Server {
  readonly label: string;
  readonly url: string | undefined;
  readonly variable: string;
  /** Absent where it has one only. */
  readonly model?: string;
  /** How the page shows a token count that this server reports, or does not. */
  readonly count: RegExp;
}

const ollamaModel = process.env['OLLAMA_LIVE_MODEL'];

const servers: readonly Server[] = [
  {
    label: 'Ollama',
    url: ollama,
    variable: 'OLLAMA_BASE_URL',
    count: /^\d+ tokens$/,
    ...(ollamaModel !== undefined && { model: ollamaModel }),
  },
  { label: 'InstructLab', url: instructlab, variable: 'INSTRUCTLAB_BASE_URL', count: /^≈ \d+ tokens$/ },
];

/** Origins that were asked for an answer. */
function watchAnswers(page: Page): Set<string> {
  const origins = new Set<string>();
  page.on('request', (request) => {
    const { pathname, origin } = new URL(request.url());
    if (/\/chat(\/completions)?$/.test(pathname)) origins.add(origin);
  });
  return origins;
}

async function callDirectly(page: Page, label: string): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click();
  const row = page.getByRole('list', { name: 'Servers' }).getByRole('listitem').filter({ hasText: label });
  await row.getByRole('checkbox', { name: /directly from this browser/ }).check();
  await expect(row).toContainText('ready');
  await page.getByRole('link', { name: 'Chat', exact: true }).click();
}

for (const { label, url = '', variable, count, model } of servers) {
  test.describe(label, () => {
    test.skip(url === '', `${variable} is not set.`);
    test.slow();

    for (const way of ['through the relay', 'directly'] as const) {
      test(`answers ${way}, stops, and answers again`, async ({ chat, page, relay }) => {
        if (way === 'directly') await callDirectly(page, label);
        const asked = watchAnswers(page);
        await chat.chooseOf(label, model);
        await chat.limit(32);
        expect(await chat.ask('What is the capital of France?', patience)).not.toBe('');
        const figures = chat.answer.getByRole('list', { name: 'Figures of this answer' });
        await expect(figures.getByTitle(/^Generated tokens/)).toHaveText(count);
        expect([...asked]).toEqual([way === 'directly' ? new URL(url).origin : relay.url]);

        await chat.limit(1500);
        await chat.send('Write a very long story about a river.');
        await expect(chat.text).not.toBeEmpty({ timeout: patience });
        await page.getByRole('button', { name: 'Stop' }).click();
        await chat.becomes('stopped', soon);
        await expect(chat.text).not.toBeEmpty();
        await chat.limit(16);
        expect(await chat.ask('Name one colour.', patience)).not.toBe('');
      });
    }

    test('is told apart when its address is typed into Settings', async ({ chat, page }) => {
      await page.getByRole('link', { name: 'Settings' }).click();
      const form = page.getByRole('form', { name: 'Add a server' });
      await form.getByRole('textbox', { name: 'Address' }).fill(new URL(url).host);
      await form.getByRole('button', { name: 'Add server' }).click();
      const added = `${label} at ${new URL(url).host}`;
      await expect(page.getByRole('list', { name: 'Servers' })).toContainText(added);
      await page.getByRole('link', { name: 'Chat', exact: true }).click();
      await chat.chooseOf(added, model);
      await chat.limit(16);
      expect(await chat.ask('Name one colour.', patience)).not.toBe('');
    });
  });
}

test.describe('Ollama alone', () => {
  test.skip(ollama === undefined, 'OLLAMA_BASE_URL is not set.');
  test.slow();

  test('a model is loaded into its memory and freed on the Models screen', async ({
    chat,
    page,
    request,
  }) => {
    await chat.chooseOf('Ollama', ollamaModel);
    const model = 'smollm2:latest';
    await request.post(`${ollama ?? ''}/api/generate`, { data: { model, keep_alive: 0 } });
    const loaded = async (): Promise<string> => (await request.get(`${ollama ?? ''}/api/ps`)).text();
    await expect.poll(loaded).not.toContain(model);
    await page.getByRole('link', { name: 'Models' }).click();
    await page.getByRole('button', { name: 'Check again' }).click();
    const row = page
      .getByRole('list', { name: 'Models of Ollama' })
      .getByRole('listitem')
      .filter({ hasText: model });
    const load = row.getByRole('button', { name: 'Load', exact: true });
    await load.click();
    const unload = row.getByRole('button', { name: 'Unload', exact: true });
    await expect(unload).toBeVisible({ timeout: patience });
    expect(await loaded()).toContain(model);
    await unload.click();
    await expect(load).toBeVisible();
    await expect.poll(loaded).not.toContain(model);
  });
});

test.describe('InstructLab alone', () => {
  test.skip(instructlab === undefined, 'INSTRUCTLAB_BASE_URL is not set.');
  test.slow();

  test('two conversations wait for each other, and looking at the models disturbs neither', async ({
    chat,
    page,
  }) => {
    await chat.chooseOf('InstructLab');
    await chat.limit(80);
    await chat.send('Write a story about a river.');
    await expect(chat.text).not.toBeEmpty({ timeout: patience });
    const first = page.url();
    await chat.startAnew();
    await chat.send('Write a story about a mountain.');
    await page.getByRole('button', { name: 'Model', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Check again' })).toBeEnabled({ timeout: patience });
    await expect(page.getByRole('group', { name: 'InstructLab: ready' })).toBeVisible();
    await page.keyboard.press('Escape');
    await chat.becomes('done', patience);
    await expect(chat.text).not.toBeEmpty();
    await page.goto(first);
    await expect(chat.text).not.toBeEmpty();
    await chat.becomes('done', patience);
    await expect(chat.answer).not.toContainText('broke off');
  });
});
