/** What a model of a real Ollama can do: declared, probed, and by a person's word. */
import { startRelay } from '../support/start-relay';
import { expect, noServers, test } from './app';

const { OLLAMA_BASE_URL: ollama } = process.env;

test.skip(ollama === undefined, 'OLLAMA_BASE_URL is not set.');
test.slow();

test('abilities come from the server, a probe asks the model, and a person has the last word', async ({
  page,
}) => {
  const relay = await startRelay({ ...noServers, OLLAMA_BASE_URL: ollama ?? '' });
  try {
    await page.goto(`${relay.url}/#/models`);
    const row = page
      .getByRole('list', { name: 'Models of Ollama' })
      .getByRole('listitem')
      .filter({ hasText: 'smollm2:latest' });
    await row.getByText('What it can do').click();
    const of = (capability: string) => row.locator(`[data-capability="${capability}"]`);
    await expect(of('vision')).toContainText(/no\s*the server says/);
    await expect(of('json')).toContainText(/yes\s*the server says/);

    await row.getByRole('button', { name: 'Probe' }).click();
    await expect(row.getByRole('button', { name: 'Probe' })).toBeVisible({ timeout: 150_000 });
    await expect(of('json')).toContainText(/yes\s*probed/);
    await expect(of('thinking')).toContainText(/no\s*probed.*does not support thinking/);
    await expect(of('logprobs')).toContainText(/yes\s*probed.*probability of/);
    await expect(of('embedding')).toContainText(/vector of 576 numbers/);

    await of('vision').getByRole('combobox').selectOption('yes');
    await expect(of('vision')).toContainText(/yes\s*set by you/);
    await page.reload();
    await row.getByText('What it can do').click();
    await expect(of('vision')).toContainText(/yes\s*set by you/);
    await expect(of('json')).toContainText(/yes\s*probed/);
    await page.getByRole('link', { name: 'Chat', exact: true }).click();
    await page.getByRole('button', { name: 'Model', exact: true }).click();
    await page.getByRole('option', { name: 'Ollama · smollm2:latest', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Add image', exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Answer settings' }).click();
    await expect(page.locator('[data-param="thinking"]')).toContainText('smollm2:latest does not think');
  } finally {
    await relay.stop();
  }
});
