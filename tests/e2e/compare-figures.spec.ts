/** The figures of lanes in the built page: table, marks, chart, bars, prices, means. */
import type { Locator } from '@playwright/test';
import { ComparePage } from './compare-page';
import { expect, test } from './scripted';

const row = (panel: Locator, name: string): Locator => panel.locator(`[data-figure="${name}"]`);
const cells = (panel: Locator, name: string): Locator => row(panel, name).getByRole('cell');

test('a turn’s figures: counted, unknown, the best marked; a price makes a cost, also after a reload', async ({
  page,
}) => {
  const compare = new ComparePage(page);
  await compare.open('plain', 'reasoning');
  await compare.ask('Hello');
  let panel = await compare.panel('Figures');
  await expect(cells(panel, 'tokensOut')).toHaveText(['3', '3']);
  await expect(cells(panel, 'tokensIn')).toHaveText(['7', '7']);
  await expect(panel).toContainText(/Not known of any lane: .*memory.* and cost\./);
  await expect(row(panel, 'memory')).toHaveCount(0);
  await expect(row(panel, 'firstToken').getByText('Best:')).toHaveCount(1);
  await expect(
    panel.getByRole('figure', { name: /^Characters over time/ }).locator('[data-line]'),
  ).toHaveCount(2);

  await panel.getByRole('button', { name: 'Prices…' }).click();
  const prices = page.getByRole('dialog', { name: 'Prices' });
  const plain = prices.getByRole('group', { name: /plain$/ });
  await plain.getByLabel('Prompt').fill('1000');
  await plain.getByLabel('Answer').fill('2000');
  await plain.getByLabel('Answer').blur();
  await prices.getByRole('button', { name: 'Close' }).click();
  // 7 × 1000 + 3 × 2000 millionths.
  await expect(cells(panel, 'cost').first()).toHaveText('$0.013');
  await expect(cells(panel, 'cost').last()).toContainText('unknown');

  await page.reload();
  panel = await compare.panel('Figures');
  await expect(cells(panel, 'cost').first()).toHaveText('$0.013');
  await expect(cells(panel, 'tokensOut')).toHaveText(['3', '3']);
});

test('an answer that came while the tab was hidden says so, and the chart grows while it comes', async ({
  page,
}) => {
  const compare = new ComparePage(page);
  await compare.open('steady', 'plain');
  const panel = await compare.panel('Figures');
  await compare.send('Hello');
  const line = panel.locator('[data-line="1"]');
  await expect(line).toBeVisible();
  const early = await line.getAttribute('d');
  await expect.poll(() => line.getAttribute('d')).not.toBe(early);
  await expect(cells(panel, 'notes').first()).toContainText('Still answering.');
  await page.evaluate(() => {
    for (const state of ['hidden', 'visible']) {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      document.dispatchEvent(new Event('visibilitychange'));
    }
  });
  await page.getByRole('button', { name: 'Stop all' }).click();
  await expect(cells(panel, 'notes').first()).toContainText('The tab was hidden for a time');
  await expect(cells(panel, 'notes').first()).toContainText('Stopped by you.');
  // Nobody counted its tokens.
  await expect(cells(panel, 'tokensOut').first()).toHaveText(/^\s*≈ \d+ estimated\s*$/);
});

test('lanes that worked on one machine at once say so, each turn can be looked at, and all as a mean', async ({
  page,
}) => {
  const compare = new ComparePage(page);
  await compare.open('half', 'half');
  await compare.ask('First');
  await compare.ask('Second');
  const panel = await compare.panel('Figures');
  const turn = panel.getByRole('combobox', { name: 'Turn' });
  await expect(cells(panel, 'notes').first()).toContainText('Shared its machine with Lane 2.');
  await turn.selectOption({ label: '1: First' });
  await expect(cells(panel, 'tokensOut')).toHaveText(['3', '3']);
  await turn.selectOption({ label: 'Mean of 2 turns' });
  await expect(cells(panel, 'tokensOut')).toHaveText(['3', '3']);
  await expect(cells(panel, 'notes').first()).toContainText('(2 of 2)');
  await expect(panel.getByRole('figure', { name: /^Characters over time/ })).toHaveCount(0);
});
