/** A server that tells no context window: the one that a person sets fills the gauge and finds a silent cut. */
import { expect, scriptedLabel, test } from './scripted';

test('the window that a person set counts at once, also for a cut', async ({ chat, page }) => {
  const gauge = page.getByRole('status').filter({ hasText: /^Context:/ });
  await chat.choose(`${scriptedLabel} · narrow`);
  await chat.ask('Is it raining over there?');
  await expect(gauge).toHaveText(/window unknown/);
  const long = 'Does all of this reach you? '.repeat(20);
  await chat.ask(long);
  await expect(chat.answer).not.toContainText('did not say so');

  await page.getByRole('link', { name: 'Models', exact: true }).click();
  const row = page
    .getByRole('list', { name: `Models of ${scriptedLabel}` })
    .getByRole('listitem')
    .filter({ has: page.getByText('narrow', { exact: true }) });
  await row.getByText('What it can do').click();
  // The list scrolls by itself; the page must not be longer than the window, or the keyboard could move all of it.
  expect(await page.evaluate(() => document.body.scrollHeight - innerHeight)).toBe(0);
  const field = row.getByRole('spinbutton', { name: 'Context window in tokens: your word' });
  await field.fill('64');
  await field.blur();
  await page.getByRole('link', { name: 'Chat', exact: true }).click();
  await page.getByRole('link', { name: /^Is it raining/ }).click();
  await expect(gauge).toHaveText(/ of 64 tokens after the last answer/);

  await chat.answer.getByRole('button', { name: 'Retry' }).click();
  await chat.becomes('done');
  await expect(chat.answer).toContainText(/The server read only 64 of about \d+ tokens and did not say so/);
});
