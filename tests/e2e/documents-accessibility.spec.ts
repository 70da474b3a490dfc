/** Axe on the documents screen in its states, light and dark, wide and narrow; and its dialogs by keyboard. */
import { AxeBuilder } from '@axe-core/playwright';
import { pdfPage, writePdf } from '../support/documents/write-pdf';
import { expect, test } from './app';
import { DocumentsPage } from './documents-page';

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

    test('no violation, and nothing wider than the screen', async ({ page }) => {
      const scan = async (where: string): Promise<void> => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`,
        );
        expect(found, where).toEqual([]);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(wider, where).toBeLessThanOrEqual(0);
      };
      const documents = new DocumentsPage(page);
      await documents.open();
      await expect(page.getByRole('heading', { name: 'Ask your own documents' })).toBeVisible();
      await scan('empty');
      await documents.choose(
        {
          name: 'a-rather-long-name-of-a-handbook.pdf',
          content: writePdf([pdfPage('# Pumps', 'A kestrel valve.')]),
        },
        { name: 'broken.pdf', content: '%PDF-1.4' },
      );
      await documents.becomes('a-rather-long-name-of-a-handbook.pdf', 'ready');
      await documents.becomes('broken.pdf', 'failed');
      await documents.search('kestrel');
      await expect(documents.passages).toHaveCount(1);
      await scan('found');
      await page.getByRole('button', { name: 'Add meaning' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expect(page.getByText('Asking which models')).toBeHidden();
      await scan('choice of a model');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'More ways to add' }).click();
      await scan('ways to add');
      await page.getByRole('button', { name: 'Pasted text' }).click();
      await scan('pasted text');
      await page.keyboard.press('Escape');
      await documents.passages.first().getByRole('link').click();
      await expect(documents.mark.first()).toBeInViewport();
      await scan('pages');
      await documents.viewer.getByRole('button', { name: 'Text', exact: true }).click();
      await expect(documents.mark.first()).toBeInViewport();
      await scan('text');
    });
  });
}

test('the links of the navigation all lie within the sidebar', async ({ page }) => {
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 740 });
    await page.goto('/#/documents');
    if (width === 360) await page.getByRole('button', { name: 'Open menu' }).click();
    const sidebar = page.getByRole('complementary');
    await expect(sidebar.getByRole('link', { name: 'Documents', exact: true })).toHaveAttribute(
      'aria-current',
      'page',
    );
    const beyond = await sidebar.evaluate((aside) => {
      const { right } = aside.getBoundingClientRect();
      return [...aside.querySelectorAll('nav a')].filter((link) => link.getBoundingClientRect().right > right)
        .length;
    });
    expect(beyond).toBe(0);
  }
});

test('a collection is made by keyboard alone, and the focus comes back', async ({ page }) => {
  await new DocumentsPage(page).open();
  const opener = page.getByRole('button', { name: 'New collection' });
  await opener.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Name of the collection' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Name of the collection' })).toBeFocused();
  await page.keyboard.type('Letters');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Collection' }).locator('option:checked')).toHaveText(
    'Letters (0)',
  );
});
