/** What a person does on the documents screen, by the names that the product promises. */
import { expect, type JSHandle, type Locator, type Page } from '@playwright/test';

export interface GivenFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

export class DocumentsPage {
  constructor(readonly page: Page) {}

  get list(): Locator {
    return this.page.getByRole('list', { name: 'Documents', exact: true });
  }

  get passages(): Locator {
    return this.page.getByRole('list', { name: 'Passages' }).getByRole('listitem');
  }

  get viewer(): Locator {
    return this.page.getByRole('region', { name: /^Document / });
  }

  get mark(): Locator {
    return this.viewer.locator('mark');
  }

  async open(): Promise<void> {
    await this.page.goto('/#/documents');
    await expect(this.page.getByRole('button', { name: 'Add documents' })).toBeVisible();
  }

  /** @param name the document's whole name */
  item(name: string): Locator {
    return this.list.getByRole('listitem').filter({ has: this.page.getByText(name, { exact: true }) });
  }

  async choose(...files: readonly GivenFile[]): Promise<void> {
    const input = this.page.getByRole('button', { name: 'Add documents' }).locator('input[type=file]');
    await input.setInputFiles(
      files.map(({ name, content }) => ({ name, mimeType: '', buffer: Buffer.from(content) })),
    );
  }

  async drop(...files: readonly { readonly name: string; readonly content: string }[]): Promise<void> {
    const dataTransfer = await this.page.evaluateHandle((given) => {
      const transfer = new DataTransfer();
      for (const { name, content } of given) transfer.items.add(new File([content], name));
      return transfer;
    }, files);
    await this.#drop(dataTransfer);
  }

  /** Made in the page, for they are too many or too long to be sent there: `file-0.md` and so on. */
  async dropMade(count: number, sentences: number): Promise<void> {
    const dataTransfer = await this.page.evaluateHandle(
      ([files, times]) => {
        const transfer = new DataTransfer();
        for (let index = 0; index < files; index++) {
          const text = `# File ${index}\n\n${`File ${index} says nothing at all. `.repeat(times)}`;
          transfer.items.add(new File([text], `file-${index}.md`));
        }
        return transfer;
      },
      [count, sentences] as const,
    );
    await this.#drop(dataTransfer);
  }

  async #drop(dataTransfer: JSHandle<DataTransfer>): Promise<void> {
    await this.page
      .getByRole('main')
      .getByRole('heading', { level: 1 })
      .dispatchEvent('drop', { dataTransfer });
  }

  async becomes(name: string, state: string): Promise<void> {
    await expect(this.item(name)).toHaveAttribute('data-state', state, { timeout: 30_000 });
  }

  async search(words: string): Promise<void> {
    const field = this.page.getByRole('searchbox', { name: 'Search in the texts' });
    await field.fill(words);
    await field.press('Enter');
  }
}
