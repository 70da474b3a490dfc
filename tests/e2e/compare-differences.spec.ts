/** How answers to the same question differ, read in the built page. */
import { ComparePage } from './compare-page';
import { expect, test } from './scripted';

test('word by word against a lane of choice, in words for those who do not see it', async ({ page }) => {
  const compare = new ComparePage(page);
  await compare.open('plain', 'other', 'plain');
  await compare.ask('Hello');
  const panel = await compare.panel('Differences');
  const second = panel.getByRole('article', { name: 'Lane 2 against Lane 1' });
  await expect(second.getByRole('deletion')).toHaveText('[removed: server]');
  await expect(second.getByRole('insertion').first()).toHaveText('[added: cellar]');
  await expect(second).toContainText('1 word fewer');
  await expect(panel.getByRole('article', { name: 'Lane 3 against Lane 1' })).toContainText('identical');

  await panel.getByRole('combobox', { name: 'Against' }).selectOption({ label: 'Lane 2 · other' });
  await expect(panel.getByRole('article', { name: 'Lane 1 against Lane 2' })).toBeVisible();
  await expect(panel.getByRole('article', { name: 'Lane 2 against Lane 1' })).toHaveCount(0);
});

test('what all say, what one alone says, numbers among it; without probabilities it says how to get them', async ({
  page,
}) => {
  const compare = new ComparePage(page);
  await compare.open('plain', 'other', 'plain');
  await compare.ask('Hello');
  const panel = await compare.panel('Differences');
  await panel.getByRole('button', { name: 'What they say' }).click();
  await expect(panel.getByRole('listitem').filter({ hasText: '1,024' }).first()).toContainText('Only Lane 2');
  await expect(panel.getByRole('listitem').filter({ hasText: 'Hello from the server.' })).toContainText(
    'Lane 1 and Lane 3',
  );
  await panel.getByRole('button', { name: 'How sure they were' }).click();
  await expect(panel).toContainText('Set “Token probabilities”');
});

test('answers that are JSON, field by field', async ({ page }) => {
  const compare = new ComparePage(page);
  await compare.open('json', 'other-json');
  await compare.ask('Hello');
  const panel = await compare.panel('Differences');
  await panel.getByRole('button', { name: 'What they say' }).click();
  await expect(panel.locator('[data-field="city"]')).toContainText('same');
  await expect(panel.locator('[data-field="people"]').getByRole('cell')).toHaveText(['"many"', '"few"']);
  await expect(panel.locator('[data-field="people"]')).toContainText('differs');
});
