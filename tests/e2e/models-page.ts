/** What a person does on the Models screen, by the names that the product promises. */
import { expect, type Locator, type Page } from '@playwright/test';

export class ModelsPage {
  constructor(readonly page: Page) {}

  get list(): Locator {
    return this.page.getByRole('list', { name: 'Models', exact: true });
  }

  async open(): Promise<void> {
    await this.page.goto('/#/models');
    await expect(this.list.getByRole('listitem').first()).toBeVisible();
    // Which build a card offers first depends on the device.
    await expect(this.page.getByText(/^This device:/)).toBeVisible();
  }

  /** @param name the model's whole name */
  item(name: string): Locator {
    const heading = this.page.getByRole('heading', { name, exact: true });
    return this.list.getByRole('listitem').filter({ has: heading });
  }

  button(name: string, action: string): Locator {
    return this.item(name).getByRole('button', { name: action, exact: true });
  }

  async press(name: string, action: string): Promise<void> {
    await this.button(name, action).click();
  }

  /** @param state as in `data-state`: absent, partial, downloading, ready, loaded, failed, … */
  async becomes(name: string, state: string, timeout = 30_000): Promise<void> {
    await expect(this.item(name)).toHaveAttribute('data-state', state, { timeout });
  }

  /** Looks a repository or an address up, so that it is in the list. */
  async add(name: string): Promise<void> {
    const opener = this.page.getByRole('button', { name: 'Add a model', exact: true });
    if ((await opener.getAttribute('aria-expanded')) === 'false') await opener.click();
    await this.page.getByRole('textbox', { name: 'Repository, address or files' }).fill(name);
    await this.page.getByRole('button', { name: 'Look it up' }).click();
    await expect(this.page.getByRole('button', { name: 'Open files' })).toBeVisible();
  }

  /** Waits until something is on disk, which is written by the megabyte. */
  async comes(name: string): Promise<void> {
    const bar = this.item(name).getByRole('progressbar');
    await expect.poll(async () => Number(await bar.getAttribute('value'))).toBeGreaterThan(1_200_000);
  }
}
