/** What a person does on the chat screen, by the names that the product promises. */
import { expect, type Locator, type Page } from '@playwright/test';

export class ChatPage {
  constructor(readonly page: Page) {}

  get message(): Locator {
    return this.page.getByRole('textbox', { name: 'Message', exact: true });
  }

  get answers(): Locator {
    return this.page.getByRole('log', { name: 'Conversation' }).getByRole('article');
  }

  get answer(): Locator {
    return this.answers.last();
  }

  get text(): Locator {
    return this.answer.locator('[data-part="text"]');
  }

  async open(path = '/'): Promise<void> {
    await this.page.goto(path);
    await expect(this.page.getByRole('button', { name: 'Model', exact: true })).toBeVisible();
  }

  /** @param name `BACKEND · MODEL` */
  async choose(name: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Model', exact: true }).click();
    await this.page.getByRole('option', { name, exact: true }).click();
    await expect(this.page.getByRole('button', { name: 'Model', exact: true })).toHaveAccessibleDescription(
      name,
    );
    await expect(this.page.getByRole('button', { name: 'Model', exact: true })).not.toHaveAttribute(
      'aria-busy',
      'true',
    );
  }

  /** @param model the first one that the backend offers when absent */
  async chooseOf(backend: string, model?: string): Promise<void> {
    if (model !== undefined) return this.choose(`${backend} · ${model}`);
    const button = this.page.getByRole('button', { name: 'Model', exact: true });
    await button.click();
    const group = this.page.getByRole('group', { name: `${backend}: ready` });
    await group.getByRole('option').first().click();
    await expect(button).toHaveAccessibleDescription(new RegExp(`^${backend} · `));
    await expect(button).not.toHaveAttribute('aria-busy', 'true');
  }

  /** @param tokens longest answer from now on */
  async limit(tokens: number): Promise<void> {
    await this.page.getByRole('button', { name: 'Answer settings' }).click();
    const field = this.page.getByRole('spinbutton', { name: 'Longest answer' });
    await field.fill(String(tokens));
    await field.blur();
    await this.page.getByRole('button', { name: 'Close', exact: true }).click();
  }

  async startAnew(): Promise<void> {
    await this.page.getByRole('button', { name: 'New conversation' }).click();
    await expect(this.answers).toHaveCount(0);
  }

  /** @param collection how its spoken name begins */
  async answerFrom(collection: RegExp): Promise<void> {
    await this.page
      .getByRole('main')
      .getByRole('button', { name: /^Documents/ })
      .click();
    await this.page.getByRole('checkbox', { name: collection }).check();
    await this.page.keyboard.press('Escape');
  }

  async send(text: string): Promise<void> {
    const before = await this.answers.count();
    await this.message.fill(text);
    await this.message.press('Enter');
    await expect(this.answers).toHaveCount(before + 1);
  }

  async ask(text: string, timeout = 60_000): Promise<string> {
    await this.send(text);
    await this.becomes('done', timeout);
    return this.text.innerText();
  }

  async becomes(state: string, timeout = 20_000): Promise<void> {
    await expect(this.answer).toHaveAttribute('data-state', state, { timeout });
  }
}
