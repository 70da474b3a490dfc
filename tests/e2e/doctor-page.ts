/** What a person does with the connection doctor, by the names that the product promises. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { Cause } from '../../src/core/diagnosis';

export class DoctorPage {
  constructor(readonly page: Page) {}

  get dialog(): Locator {
    return this.page.getByRole('dialog', { name: /^Connection/ });
  }

  get finding(): Locator {
    return this.dialog.getByRole('region', { name: 'Finding' });
  }

  row(label: string | RegExp): Locator {
    return this.page.getByRole('list', { name: 'Servers' }).getByRole('listitem').filter({ hasText: label });
  }

  async openSettings(url: string): Promise<void> {
    await this.page.goto(`${url}/#/settings`);
    await expect(this.page.getByRole('form', { name: 'Add a server' })).toBeVisible();
  }

  /** Types a server; one whose kind is chosen is added without a question. */
  async addServer(address: string, kind: string, name = ''): Promise<void> {
    const form = this.page.getByRole('form', { name: 'Add a server' });
    await form.getByRole('textbox', { name: 'Address' }).fill(address);
    await form.getByRole('combobox', { name: 'Kind' }).selectOption(kind);
    await form.getByRole('textbox', { name: 'Name' }).fill(name);
    await form.getByRole('button', { name: 'Add server' }).click();
  }

  async openFor(label: string): Promise<void> {
    // To find out what answers takes several questions.
    await expect(this.row(label)).toBeVisible({ timeout: 45_000 });
    await this.row(label)
      .getByRole('button', { name: new RegExp(`(Find out why|Check connection): ${label}`) })
      .click();
  }

  /** @param certainty the words before the finding */
  async finds(certainty: RegExp, ...causes: Cause[]): Promise<void> {
    await expect(this.finding).toContainText(certainty, { timeout: 30_000 });
    const articles = this.finding.getByRole('article');
    await expect(articles).toHaveCount(causes.length);
    for (const [index, cause] of causes.entries()) {
      await expect(articles.nth(index)).toHaveAttribute('data-cause', cause);
    }
  }

  /** In the field of the finding; the examination that follows has begun when this is done. */
  async enterKey(label: string, key: string): Promise<void> {
    const field = this.finding.getByLabel(`Key for ${label}`);
    await field.fill(key);
    await field.press('Tab');
    await expect(field).toHaveCount(0);
  }

  /** Takes the relay out of the way to one of its servers. */
  async callDirectly(label: string): Promise<void> {
    await this.row(label)
      .getByRole('checkbox', { name: /directly from this browser/ })
      .check();
  }

  /** The first line of the finding, by its copy button and from the clipboard. */
  async copiedLine(): Promise<string> {
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.finding
      .getByRole('button', { name: /^Copy: / })
      .first()
      .click();
    await expect(this.finding.getByText('Copied')).toBeAttached();
    const copied = await this.page.evaluate(() => navigator.clipboard.readText());
    await expect(this.finding.locator('pre').first()).toHaveText(copied);
    return copied;
  }

  /** Goes on with the Tab key until this button of the dialog has the focus. */
  async tabTo(button: string): Promise<void> {
    const target = this.dialog.getByRole('button', { name: button });
    for (let presses = 0; presses < 20; presses++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
    }
    await expect(target).toBeFocused();
  }

  async testAgain(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Test again' }).click();
    await expect(this.dialog.getByRole('button', { name: 'Test again' })).toBeEnabled({ timeout: 30_000 });
  }

  async close(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Close' }).click();
    await expect(this.dialog).toHaveCount(0);
  }
}
