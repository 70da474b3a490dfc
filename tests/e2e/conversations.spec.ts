/** Stop, retry, edit, several conversations, reload, two tabs: what was written is never lost. */
import { ChatPage } from './chat-page';
import { expect, scriptedLabel, test } from './scripted';

test('opens with the configured backend and model and answers with figures', async ({ chat, page }) => {
  await expect(page.getByRole('button', { name: 'Model', exact: true })).toHaveAccessibleDescription(
    `${scriptedLabel} · plain`,
  );
  expect(await chat.ask('Hi')).toBe('Hello from the server.');
  await expect(chat.answer).toHaveAttribute('data-backend', 'openai');
  await expect(chat.answer).toHaveAttribute('data-model', 'plain');
  await expect(chat.answer).toHaveAttribute('aria-busy', 'false');
  const figures = chat.answer.getByRole('list', { name: 'Figures of this answer' });
  await expect(figures).toContainText('3 tokens');
  await expect(figures).toContainText('7 prompt');
});

test('Stop keeps what had arrived and reaches the server', async ({ chat, page, server }) => {
  await chat.choose(`${scriptedLabel} · slow`);
  await chat.send('Count');
  await expect(chat.text).toContainText('w5');
  const before = server.aborted();
  await page.getByRole('button', { name: 'Stop' }).click();
  await chat.becomes('stopped', 2000);
  await expect(chat.text).toContainText('w5');
  await expect.poll(() => server.aborted()).toBe(before + 1);
  await expect(chat.answer).toContainText('Stopped by you');
});

test('Stop works before the first token', async ({ chat, page }) => {
  await chat.choose(`${scriptedLabel} · silent`);
  await chat.send('Anyone?');
  await page.getByRole('button', { name: 'Stop' }).click();
  await chat.becomes('stopped', 2000);
});

test('Retry keeps the first answer as a variant', async ({ chat, page }) => {
  await chat.ask('Hi');
  await chat.choose(`${scriptedLabel} · reasoning`);
  await chat.answer.getByRole('button', { name: 'Retry' }).click();
  await expect(chat.text).toHaveText('The thought is over.');
  await chat.becomes('done');
  await expect(chat.answers).toHaveCount(1);
  await chat.answer.getByText('Reasoning', { exact: true }).click();
  await expect(chat.answer.locator('[data-part="reasoning"]')).toHaveText('Let me think about it.');
  await page.getByRole('button', { name: 'Previous answer' }).click();
  await expect(chat.text).toHaveText('Hello from the server.');
  await page.getByRole('button', { name: 'Next answer' }).click();
  await expect(chat.text).toHaveText('The thought is over.');
});

test('an edited message is sent again beside the old one', async ({ chat, page }) => {
  await chat.ask('First words');
  await page.getByText('First words', { exact: true }).last().hover();
  await page.getByRole('button', { name: 'Edit message' }).click();
  await page.getByRole('textbox', { name: 'Edit message' }).fill('Other words');
  await page.getByRole('button', { name: 'Send again' }).click();
  await chat.becomes('done');
  const log = page.getByRole('log', { name: 'Conversation' });
  await expect(log).toContainText('Other words');
  await expect(log).not.toContainText('First words');
  await page.getByRole('button', { name: 'Previous message' }).click();
  await expect(log).toContainText('First words');
});

test('switching the backend in the middle keeps the conversation', async ({ chat }) => {
  await chat.ask('One');
  await chat.choose(`${scriptedLabel} · length`);
  await chat.ask('Two');
  await expect(chat.answers).toHaveCount(2);
  await expect(chat.answer).toContainText('Cut: the answer reached its limit');
});

test('conversations are listed, renamed, deleted and brought back', async ({ chat, page }) => {
  await chat.ask('Talk about trains');
  const list = page.getByRole('list', { name: 'Conversations' });
  await expect(list.getByRole('link', { name: 'Talk about trains' })).toBeVisible();
  await chat.startAnew();
  await chat.ask('Talk about ships');
  await expect(list.getByRole('listitem')).toHaveCount(2);

  await list.getByRole('link', { name: 'Talk about trains' }).hover();
  await page.getByRole('button', { name: 'Rename Talk about trains' }).click();
  await page.getByRole('textbox', { name: 'Name of the conversation' }).fill('Railways');
  await page.keyboard.press('Enter');
  await list.getByRole('link', { name: 'Railways' }).click();
  await expect(page.getByRole('log')).toContainText('Talk about trains');

  await list.getByRole('link', { name: 'Railways' }).hover();
  await page.getByRole('button', { name: 'Delete Railways' }).click();
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await list.getByRole('link', { name: 'Railways' }).click();
  await expect(page.getByRole('log')).toContainText('Hello from the server.');
});

test('a second tab sees what the first one writes, and takes no running answer for lost', async ({
  chat,
  page,
  context,
}) => {
  await chat.ask('From the first tab');
  const other = new ChatPage(await context.newPage());
  await other.open(page.url());
  await expect(other.answers).toHaveCount(1);
  await chat.choose(`${scriptedLabel} · slow`);
  await chat.send('More');
  await expect(other.answers).toHaveCount(2);
  await expect(other.answer).toHaveAttribute('data-state', /waiting|loading|streaming/);
  await chat.page.getByRole('button', { name: 'Stop' }).click();
  await other.becomes('stopped');
});

test('two conversations stream at the same time', async ({ chat, page }) => {
  await chat.choose(`${scriptedLabel} · slow`);
  await chat.send('Long one');
  await expect(chat.text).toContainText('w3');
  const first = page.url();
  await chat.startAnew();
  await chat.choose(`${scriptedLabel} · plain`);
  await chat.ask('Short one');
  await page.goto(first);
  await expect(chat.text).toContainText('w10');
  await page.getByRole('button', { name: 'Stop' }).click();
  await chat.becomes('stopped');
});

test('the view follows the stream only while the reader is at the end', async ({ chat, page }) => {
  await page.setViewportSize({ width: 900, height: 420 });
  await chat.choose(`${scriptedLabel} · slow`);
  for (let turn = 0; turn < 2; turn++) {
    await chat.send(`Turn ${turn}\n\n\n\n\n\n\n\n\n\nend`);
    await expect(chat.text).toContainText('w4');
    if (turn === 0) await page.getByRole('button', { name: 'Stop' }).click();
  }
  const scroller = page.getByRole('log').locator('..');
  const fromEnd = () =>
    scroller.evaluate((element) => element.scrollHeight - element.clientHeight - element.scrollTop);
  await expect.poll(fromEnd).toBeLessThan(50);
  await scroller.hover();
  await page.mouse.wheel(0, -300);
  await expect(page.getByRole('button', { name: 'Newest' })).toBeVisible();
  await expect(chat.text).toContainText('w60');
  expect(await fromEnd()).toBeGreaterThan(100);
  await page.getByRole('button', { name: 'Newest' }).click();
  await expect.poll(fromEnd).toBeLessThan(50);
  await page.getByRole('button', { name: 'Stop' }).click();
});
