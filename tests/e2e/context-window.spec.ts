/** A real Ollama with a small window: how full it is, and that a cut which Ollama keeps to itself is told. */
import type { Page } from '@playwright/test';
import { expect } from './app';
import { testWithRelay } from './with-relay';

const patience = 120_000;
const { OLLAMA_BASE_URL: ollama } = process.env;

const test = testWithRelay({ OLLAMA_BASE_URL: ollama });

async function setWindow(page: Page, tokens: number): Promise<void> {
  await page.getByRole('button', { name: 'Answer settings' }).click();
  const field = page.getByRole('spinbutton', { name: 'Context window' });
  await field.fill(String(tokens));
  await field.blur();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
}

const sentence = 'The river runs from the mountains to the sea and carries small boats. ';

test.skip(ollama === undefined, 'OLLAMA_BASE_URL is not set.');
test.slow();

test('the window fills, is nearly full, is cut in silence, and the page tells each', async ({
  chat,
  page,
}) => {
  await chat.chooseOf('Ollama', process.env['OLLAMA_LIVE_MODEL']);
  await chat.limit(16);
  await setWindow(page, 256);
  const gauge = page.getByRole('status').filter({ hasText: /^Context:/ });

  await chat.ask('Name one colour.', patience);
  await expect(gauge).toHaveText(/ of 256 tokens after the last answer, \d+ % of the window\.$/);
  await expect(chat.answer).not.toContainText('did not say so');

  await chat.ask(sentence.repeat(10), patience);
  await expect(gauge).toHaveText(/nearly full/);
  await expect(chat.answer).not.toContainText('did not say so');

  // Long enough that the sum passes 256 also where the two answers before were a word each.
  await chat.ask(sentence.repeat(12), patience);
  await expect(chat.answer).toContainText(
    /The server read only \d+ of about \d+ tokens and did not say so.*256 tokens was full\. Raise “Context window”/,
  );
  await page.reload();
  await expect(chat.answer).toContainText('did not say so');

  await setWindow(page, 1024);
  await chat.answer.getByRole('button', { name: 'Retry' }).click();
  await chat.becomes('done', patience);
  await expect(gauge).toHaveText(/ of 1,024 tokens/);
  await expect(chat.answer).not.toContainText('did not say so');
});

test('a single message that is longer than the window is told as well', async ({ chat, page }) => {
  await chat.chooseOf('Ollama', process.env['OLLAMA_LIVE_MODEL']);
  await chat.limit(8);
  await setWindow(page, 256);
  await chat.ask(sentence.repeat(30), patience);
  await expect(chat.answer).toContainText(/read only 25[5-6] of about \d+ tokens/);
});
