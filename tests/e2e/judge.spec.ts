/** Answers are judged in the built page: without names and by keyboard, by a model, and by checks in the sandbox. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, scriptedLabel, test } from './scripted';

const arena = (page: Page) => page.getByRole('region', { name: 'Answers without names' });

async function sendBlind(page: Page, prompt: string): Promise<void> {
  await page.goto(`/#/compare?lanes=openai:plain,openai:reasoning&prompt=${prompt}`);
  await page.getByRole('button', { name: 'Blind' }).click();
  await page.getByRole('textbox', { name: 'Message' }).press('Enter');
  await expect(arena(page).getByRole('article', { name: 'Answer A' })).toBeVisible();
}

test('a vote without names by keyboard, then whose the answers are, and the ranking', async ({ page }) => {
  await sendBlind(page, 'Hello');
  await expect(arena(page)).toBeFocused();
  await expect(page.getByText(scriptedLabel, { exact: false })).toHaveCount(0);
  await expect(arena(page)).not.toContainText(/plain|reasoning|Let me think/);
  const texts = await arena(page).locator('[data-part="text"]').allTextContents();
  expect(texts.map((text) => text.trim()).sort()).toEqual(['Hello from the server.', 'The thought is over.']);

  await page.keyboard.press('1');
  await expect(page.getByRole('list', { name: 'Your votes' })).toContainText('is better');
  await expect(arena(page).getByRole('article', { name: /: OpenAI-compatible · plain$/ })).toBeVisible();
  await expect(arena(page).getByRole('article', { name: /: OpenAI-compatible · reasoning$/ })).toBeVisible();

  await page.getByRole('link', { name: 'Ratings' }).first().click();
  const ranking = page.getByRole('table', { name: 'Ranking' }).or(page.getByRole('table'));
  await expect(ranking.getByRole('row')).toHaveCount(3);
  await expect(ranking).toContainText('1 won, 0 lost, 0 tied');
  await expect(ranking).toContainText('too few votes');

  await page.reload();
  await expect(ranking.getByRole('row')).toHaveCount(3);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  expect((await download).suggestedFilename()).toBe('switchyard-votes.jsonl');
  await page.getByRole('button', { name: 'Delete all votes' }).click();
  await expect(page.getByRole('heading', { name: 'No votes yet' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(ranking.getByRole('row')).toHaveCount(3);
});

test('keys count only in the vote: a digit in the message stays a digit', async ({ page }) => {
  await sendBlind(page, 'Hello');
  const message = page.getByRole('textbox', { name: 'Message' });
  await message.fill('');
  await message.pressSequentially('12');
  await expect(message).toHaveValue('12');
  await expect(arena(page).getByRole('article', { name: 'Answer A' })).toBeVisible();
});

test('checks run in the sandbox under the real policy, and an endless one is ended', async ({ page }) => {
  await page.goto('/#/compare?lanes=openai:plain,openai:reasoning&prompt=Hello');
  await page.getByRole('button', { name: 'Send to all' }).click();
  await expect(page.locator('article[data-state="done"]')).toHaveCount(2);
  await page.getByRole('button', { name: 'Judge', exact: true }).click();
  const add = async (code: string): Promise<void> => {
    await page.getByRole('button', { name: 'Add a check' }).click();
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('code');
    await page.getByRole('textbox', { name: 'A JavaScript function' }).fill(code);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
  };
  await add('(answer) => answer.includes("server")');
  await add('() => { for (;;); }');
  await add(`async () => {
    try { await fetch(${JSON.stringify(new URL('/api/health', page.url()).href)}, { mode: 'no-cors' }); return 'reached'; }
    catch { return true; }
  }`);
  await page.getByRole('button', { name: 'Check these answers' }).click();
  const row = (number: number) => page.getByRole('table').getByRole('row').nth(number);
  await expect(row(1).getByRole('cell')).toHaveText([/✓ passed/, /✗ failed/, '']);
  // The page goes on while the loops run.
  await page.getByRole('textbox', { name: 'Message' }).fill('still here');
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('still here');
  await expect(row(2)).toContainText('ended: it took longer than 2 seconds');
  await expect(row(3).getByRole('cell')).toHaveText([/✓ passed/, /✓ passed/, '']);
});

test('a model judges; without a verdict the page says so', async ({ page }) => {
  await page.goto('/#/compare?lanes=openai:plain,openai:reasoning&prompt=Hello');
  await page.getByRole('button', { name: 'Send to all' }).click();
  await expect(page.locator('article[data-state="done"]')).toHaveCount(2);
  await page.getByRole('button', { name: 'Judge', exact: true }).click();
  const judge = page.getByRole('region', { name: 'A model as judge' });
  const choose = async (model: string): Promise<void> => {
    await judge.getByRole('button', { name: 'Model that judges' }).click();
    await page.getByRole('option', { name: new RegExp(`· ${model}$`) }).click();
    await judge.getByRole('button', { name: 'Judge these answers' }).click();
  };
  await choose('length');
  await expect(judge.getByRole('alert')).toContainText('no verdict');
  await choose('verdict-a');
  await expect(judge.getByRole('list', { name: 'Verdicts of the model' })).toContainText('counted as a tie');
});

const looks = [
  { name: 'desktop light', viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  { name: 'desktop dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  { name: 'phone light', viewport: { width: 360, height: 740 }, colorScheme: 'light' },
  { name: 'phone dark', viewport: { width: 360, height: 740 }, colorScheme: 'dark' },
] as const;

for (const { name, viewport, colorScheme } of looks) {
  test.describe(name, () => {
    test.use({ viewport, colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    test('no violation where answers are judged', async ({ page }) => {
      const scan = async (where: string): Promise<void> => {
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`,
        );
        expect(found, where).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow, `${where}: nothing is wider than the screen`).toBeLessThanOrEqual(0);
      };
      await page.goto('/#/compare/ratings');
      await expect(page.getByRole('heading', { name: 'No votes yet' })).toBeVisible();
      await scan('no votes');
      await sendBlind(page, 'Hello');
      await scan('a vote');
      await page.keyboard.press('2');
      await expect(page.getByRole('list', { name: 'Your votes' })).toBeVisible();
      await scan('names');
      await page.getByRole('button', { name: 'Judge', exact: true }).click();
      await page.getByRole('button', { name: 'Add a check' }).click();
      await expect(page.getByRole('combobox', { name: 'Kind' })).toBeFocused();
      await scan('judge panel');
      await page.goto('/#/compare/ratings');
      await expect(page.getByRole('table')).toBeVisible();
      await scan('ratings');
    });
  });
}

test('after several rounds: intervals, and what length does beside strength', async ({ page }) => {
  test.slow();
  await page.goto('/#/compare?lanes=openai:plain,openai:reasoning,openai:other&prompt=Hello');
  await page.getByRole('button', { name: 'Blind' }).click();
  // Three pairs a round: ten votes of each model, the fewest that give an interval.
  for (let round = 0; round < 5; round++) {
    if (round > 0) await page.getByRole('textbox', { name: 'Message' }).fill(`Again, ${round}`);
    await page.getByRole('textbox', { name: 'Message' }).press('Enter');
    for (let pair = 0; pair < 3; pair++) {
      await expect(page.getByText(`Pair ${pair + 1} of 3`, { exact: true })).toBeVisible();
      await expect(arena(page).getByRole('article')).toHaveCount(2);
      const texts = await arena(page).locator('[data-part="text"]').allTextContents();
      // The longer one, but for one vote in each round.
      const isLeftLonger = (texts[0] ?? '').length > (texts[1] ?? '').length;
      await page.keyboard.press(isLeftLonger === pair < 2 ? '1' : '2');
    }
    await expect(page.getByRole('list', { name: 'Your votes' })).toBeVisible();
  }
  await page.getByRole('link', { name: 'Ratings' }).first().click();
  await expect(page.getByRole('table').getByRole('row')).toHaveCount(4);
  await expect(page.locator('[data-figure="length"]')).toContainText(
    /The longer answer won \d+ of 15 .*\. Of two models as strong as each other, the one whose answer is twice as long wins \d+ % of the votes \(95 % interval \d+–\d+ %\)\./,
  );
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByRole('button', { name: 'Delete all votes' })).toBeInViewport({ ratio: 1 });
});
