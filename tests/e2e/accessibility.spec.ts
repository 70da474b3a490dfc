/** Axe on every screen, light and dark, wide and narrow; and the chat by keyboard alone. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './scripted';

const looks = [
  { name: 'desktop light', viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  { name: 'desktop dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  { name: 'phone light', viewport: { width: 360, height: 740 }, colorScheme: 'light' },
  { name: 'phone dark', viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
] as const;

for (const { name, viewport, colorScheme } of looks) {
  test.describe(name, () => {
    // Set before the page opens: a scan in the middle of a change of colours sees half of each.
    test.use({ viewport, colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    test('no violation', async ({ page, chat }) => {
      const scan = async (where: string): Promise<void> => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`,
        );
        expect(found, where).toEqual([]);
      };
      await scan('empty chat');
      await chat.ask('Hi');
      await scan('an answer');
      await page.getByRole('button', { name: 'Model', exact: true }).click();
      await expect(page.getByRole('listbox', { name: 'Models' })).toBeVisible();
      await scan('model list');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Answer settings' }).click();
      await expect(page.getByRole('dialog', { name: 'Answer settings' })).toBeVisible();
      await scan('answer settings');
      await page.keyboard.press('Escape');
      await page.goto('/#/compare');
      await expect(page.getByRole('heading', { name: 'Put models side by side' })).toBeVisible();
      await scan('no lane yet');
      await page.goto('/#/compare?lanes=openai:plain,openai:plain&prompt=Hi');
      await page.getByRole('button', { name: 'Send to all' }).click();
      await expect(page.locator('article[data-state="done"]')).toHaveCount(2);
      await scan('two lanes');
      for (const screen of ['Models', 'Settings']) {
        await page.goto(`/#/${screen.toLowerCase()}`);
        await expect(page.getByRole('heading', { level: 1, name: screen })).toBeVisible();
        await scan(screen);
      }
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, 'nothing is wider than the screen').toBeLessThanOrEqual(0);
    });
  });
}

test('a model is chosen and a message sent by keyboard alone', async ({ page, chat }) => {
  await page.getByRole('button', { name: 'Model', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Find a model' })).toBeFocused();
  await page.keyboard.type('length');
  // The list may still be asking its servers when the first letters are typed.
  await expect(page.getByRole('option')).toHaveCount(1);
  await expect(page.getByRole('option', { name: /· length$/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Model', exact: true })).toHaveAccessibleDescription(
    /length/,
  );
  await chat.message.focus();
  await page.keyboard.type('one');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('two');
  await page.keyboard.press('Enter');
  await chat.becomes('done');
  await expect(page.getByRole('log')).toContainText('one\ntwo');
});
