/** A real Ollama fetches a model from a registry of our own: progress, stop, resume, failure, use, deletion. */
import { readdirSync, readFileSync } from 'node:fs';
import { startModelRegistry } from '../support/model-registry';
import { startRelay } from '../support/start-relay';
import { expect, noServers, test } from './app';

const { OLLAMA_BASE_URL: ollama } = process.env;
const models = new URL('../../models/', import.meta.url);
const megabyte = 1024 * 1024;

test.skip(ollama === undefined, 'OLLAMA_BASE_URL is not set.');
test.slow();

test('a model is pulled layer by layer, stopped, resumed, and deleted after a question', async ({ page }) => {
  const gguf = readdirSync(models).find((name) => name.endsWith('.gguf'));
  // Other bytes than those the server may have already: its blobs go by their digest.
  const bytes = Buffer.concat([readFileSync(new URL(gguf ?? '', models)), Buffer.from(String(Date.now()))]);
  const registry = await startModelRegistry(bytes, '{{ .Prompt }}', 8 * megabyte);
  const relay = await startRelay({
    ...noServers,
    OLLAMA_BASE_URL: ollama ?? '',
    RELAY_ALLOW_MODEL_CHANGES: 'on',
  });
  try {
    await page.goto(`${relay.url}/#/models`);
    const field = page.getByRole('combobox', { name: 'Model to pull' });
    const pull = page.getByRole('button', { name: 'Pull', exact: true });
    await field.fill(registry.name);
    await pull.click();
    const layers = page.getByRole('list', { name: /^Layers of/ }).getByRole('listitem');
    await expect(layers.first()).toContainText(/[1-9]\d* MB of 98 MB/, { timeout: 60_000 });
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(page.getByText(/What has arrived stays on the server/)).toBeVisible();

    registry.release();
    await pull.click();
    await expect(page.getByText(/pulled:latest is there\.$/)).toBeVisible({ timeout: 120_000 });
    // Started anew, the whole file and the first part would have been sent.
    expect(registry.sent()).toBeLessThan(bytes.length + 32 * megabyte);
    const row = page
      .getByRole('list', { name: 'Models of Ollama' })
      .getByRole('listitem')
      .filter({ hasText: '/pulled:latest' });
    await row.getByRole('button', { name: 'Delete', exact: true }).click();
    await row.getByRole('button', { name: 'Keep it' }).click();
    await row.getByRole('button', { name: 'Delete', exact: true }).click();
    await row.getByRole('button', { name: 'Delete it' }).click();
    await expect(row).toHaveCount(0);

    await field.fill(registry.name.replace('latest', 'missing'));
    await pull.click();
    await expect(page.getByText(/^Ollama could not fetch “http.*missing”\.$/)).toBeVisible({
      timeout: 30_000,
    });
  } finally {
    await Promise.all([registry.stop(), relay.stop()]);
  }
});

test('a relay that was not told so has no such button, and says why', async ({ page }) => {
  const relay = await startRelay({ ...noServers, OLLAMA_BASE_URL: ollama ?? '' });
  try {
    await page.goto(`${relay.url}/#/models`);
    await expect(page.getByText(/set RELAY_ALLOW_MODEL_CHANGES=on in its environment/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Pull', exact: true })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Delete', exact: true })).toHaveCount(0);
    const reply = await page.request.post(`${relay.url}/relay/ollama/api/pull`, { data: { model: 'x' } });
    expect(reply.status()).toBe(403);
  } finally {
    await relay.stop();
  }
});
