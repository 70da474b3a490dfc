/** What lanes do not have in common besides their models, and how that is made equal. */
import { ComparePage } from './compare-page';
import { expect, test } from './scripted';

test('a difference is named, made equal, and can be had back', async ({ page }) => {
  const compare = new ComparePage(page);
  await compare.open('plain', 'other');
  const banner = page.getByRole('group', { name: 'Fairness' });
  await expect(banner).toContainText('Nothing that is known differs but the models.');

  await page.getByRole('button', { name: 'Settings of Lane 2' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings of Lane 2' });
  await settings.getByLabel('System prompt').fill('Be brief.');
  await settings.getByLabel('System prompt').blur();
  await settings.getByRole('button', { name: 'Close' }).click();
  await expect(banner).toContainText('Lanes differ in 1 thing: system prompt.');

  await banner.getByRole('button', { name: 'Details' }).click();
  const details = page.getByRole('dialog', { name: 'How the lanes are asked' });
  const prompt = details.locator('[data-topic="systemPrompt"]');
  await expect(prompt.getByRole('cell')).toHaveText(['none', 'Be brief.']);
  await expect(details).toContainText(/Left to each backend’s own default, not known: temperature, top-p/);
  await details.getByLabel('Show everything side by side').check();
  await expect(details.locator('[data-topic="temperature"]').getByRole('cell').first()).toHaveText(
    'its own default, not known',
  );
  await details.getByLabel('Show everything side by side').uncheck();
  await expect(details).toContainText(/Cannot be made equal from here.*top-k/);

  await details.getByRole('button', { name: 'Make equal' }).click();
  await expect(prompt).toHaveCount(0);
  await expect(details).not.toContainText(/own default, not known: temperature/);
  await expect(details.getByRole('status')).toHaveText('As equal as it gets.');
  await details.getByRole('button', { name: 'Close' }).click();
  await expect(banner).toContainText('Nothing that is known differs but the models.');

  await compare.ask('Hello');
  await compare.answer(2).getByText('Settings of this answer').click();
  await expect(compare.answer(2).getByRole('row', { name: /^Temperature 0.7/ })).toContainText('Sent');

  await banner.getByRole('button', { name: 'Undo “Make equal”' }).click();
  await expect(banner).toContainText('Lanes differ in 1 thing: system prompt.');
  await expect(banner.getByRole('button', { name: 'Undo' })).toHaveCount(0);
});
