/** What a person does on the compare screen, by the names that the product promises. */
import { expect, type Locator, type Page } from '@playwright/test';

export class ComparePage {
  constructor(readonly page: Page) {}

  lane(number: number): Locator {
    return this.page.getByRole('region', { name: new RegExp(`^Lane ${number}: `) });
  }

  answer(number: number): Locator {
    return this.lane(number).getByRole('article').last();
  }

  /** @param models of the scripted server, one for each lane */
  async open(...models: readonly string[]): Promise<void> {
    await this.page.goto(`/#/compare?lanes=${models.map((model) => `openai:${model}`).join(',')}`);
    await expect(this.lane(models.length)).toBeVisible();
  }

  /** Of the answers of all lanes that go by the common settings. */
  async limit(tokens: number): Promise<void> {
    await this.page.getByRole('button', { name: 'Common settings' }).click();
    const field = this.page.getByRole('spinbutton', { name: 'Longest answer' });
    await field.fill(String(tokens));
    await field.blur();
    await this.page.getByRole('button', { name: 'Close', exact: true }).click();
  }

  async send(text: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Message', exact: true }).fill(text);
    await this.page.getByRole('button', { name: 'Send to all' }).click();
  }

  /** Sends, and waits until no lane is answering. */
  async ask(text: string): Promise<void> {
    await this.send(text);
    await expect(this.page.locator('article[aria-busy="true"]')).toHaveCount(0);
    await expect(this.page.getByRole('button', { name: 'Send to all' })).toBeVisible();
  }

  /** @param name `Figures` or `Differences` */
  async panel(name: string): Promise<Locator> {
    await this.page.getByRole('button', { name, exact: true }).click();
    const panel = this.page.getByRole('region', { name, exact: true });
    await expect(panel).toBeVisible();
    return panel;
  }
}
