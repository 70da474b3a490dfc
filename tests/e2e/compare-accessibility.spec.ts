/** Axe on what is read off lanes, light and dark, wide and narrow. */
import { AxeBuilder } from '@axe-core/playwright';
import { ComparePage } from './compare-page';
import { expect, test } from './scripted';

const looks = [
  { name: 'desktop light', viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  { name: 'desktop dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  { name: 'phone light', viewport: { width: 360, height: 740 }, colorScheme: 'light' },
  { name: 'phone dark', viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
] as const;

for (const { name, viewport, colorScheme } of looks) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    test('no violation in the panels and their dialogs', async ({ page }) => {
      test.slow();
      const compare = new ComparePage(page);
      const scan = async (where: string): Promise<void> => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`,
        );
        expect(found, where).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow, `${where} is not wider than the screen`).toBeLessThanOrEqual(0);
        await page.screenshot({ path: test.info().outputPath(`${where.replaceAll(' ', '-')}.png`) });
      };
      await compare.open('plain', 'other', 'json');
      await compare.ask('Hello');
      const figures = await compare.panel('Figures');
      await expect(figures.locator('[data-line]')).toHaveCount(3);
      await scan('figures');
      await figures.getByRole('button', { name: 'Prices…' }).click();
      await expect(page.getByRole('dialog', { name: 'Prices' })).toBeVisible();
      await scan('prices');
      await page.keyboard.press('Escape');
      const differences = await compare.panel('Differences');
      await expect(differences.getByRole('deletion').first()).toBeVisible();
      await scan('words');
      await differences.getByRole('button', { name: 'What they say' }).click();
      await expect(differences.getByRole('listitem').first()).toBeVisible();
      await scan('agreement');
      await differences.getByRole('button', { name: 'Close Differences' }).click();
      await page.getByRole('group', { name: 'Fairness' }).getByRole('button', { name: 'Details' }).click();
      await expect(page.getByRole('dialog', { name: 'How the lanes are asked' })).toBeVisible();
      await scan('fairness');
      await page.keyboard.press('Escape');
      await compare.answer(1).getByText('Settings of this answer').click();
      await expect(compare.answer(1).getByRole('button', { name: 'Replay' })).toBeVisible();
      await scan('run of an answer');
    });
  });
}
