/** A fresh start: what the relay serves, and that the page keeps to its own origin. */
import { firstLoadBudget, firstLoadScripts } from '../../bench/shared/first-load-scripts.mjs';
import { expect, test } from './app';

test('the page opens isolated, under a strict policy, without an error', async ({ page, consoleErrors }) => {
  const response = await page.goto('/');
  const headers = response?.headers() ?? {};
  expect(response?.status()).toBe(200);
  expect(headers['cross-origin-opener-policy']).toBe('same-origin');
  expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
  expect(headers['x-content-type-options']).toBe('nosniff');
  const policy = headers['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toMatch(/'unsafe-(inline|eval)'/);

  await expect(page.getByRole('link', { name: 'Chat' })).toBeVisible();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await page.waitForLoadState('networkidle');
  expect(consoleErrors).toEqual([]);
});

test('nothing is asked of another origin', async ({ page, app }) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== new URL(app.url).origin) foreign.push(request.url());
  });
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Chat' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(foreign).toEqual([]);
});

test('the scripts of a first visit stay within their budget', async ({ browser, app }) => {
  const scripts = await firstLoadScripts(browser, app.url);
  const bytes = [...scripts.values()].reduce((sum, size) => sum + size, 0);
  // A listener that sees no script would find any page small enough.
  expect(bytes).toBeGreaterThan(firstLoadBudget / 4);
  expect(bytes, JSON.stringify([...scripts])).toBeLessThanOrEqual(firstLoadBudget);
});

test('built files are kept by the browser, the page itself is asked for again', async ({ page, request }) => {
  const scripts: string[] = [];
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.js')) scripts.push(response.url());
  });
  const document = await page.goto('/');
  await page.waitForLoadState('networkidle');
  expect(document?.headers()['cache-control']).toContain('no-cache');
  expect(scripts.length).toBeGreaterThan(0);
  for (const url of scripts) {
    const response = await request.get(url);
    expect(response.headers()['cache-control'], url).toContain('immutable');
  }
});

test('health and configuration answer without a secret', async ({ request }) => {
  const health: unknown = await (await request.get('/api/health')).json();
  expect(health).toMatchObject({ status: 'ok', version: expect.any(String) });
  const config = await (await request.get('/api/config')).text();
  expect(JSON.parse(config)).toMatchObject({ backendType: 'local' });
  // A model's tokenizer and its key-value heads are none.
  expect(config).not.toMatch(/key(?!ValueHeads)|secret|token(?!izer)/i);
});

test('a call from another site is refused', async ({ request }) => {
  const response = await request.get('/api/status', { headers: { origin: 'https://elsewhere.example' } });
  expect(response.status()).toBe(403);
  expect(await response.json()).toMatchObject({ error: { code: 'unauthorized' } });
});
