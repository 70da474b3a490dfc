/** An answer that was cut goes on where it stopped, in a variant of its own. */
import { expect, scriptedLabel, test } from './scripted';

test('a cut answer is continued, the seam does not show, and the old one stays', async ({ chat, page }) => {
  await chat.choose(`${scriptedLabel} · half`);
  expect(await chat.ask('Two halves')).toBe('The first half and');
  await expect(chat.answer).toContainText('reached its limit of tokens');
  await chat.answer.getByRole('button', { name: 'Continue' }).click();
  await expect(chat.text).toHaveText('The first half and the second half.');
  await chat.becomes('done');
  await expect(chat.answer).toContainText('Asked to continue');
  await expect(chat.answer.getByRole('list', { name: 'Figures of this answer' })).toContainText(
    'new part only',
  );
  await expect(chat.answer.getByText('2 / 2')).toBeVisible();
  await page.reload();
  await expect(chat.text).toHaveText('The first half and the second half.');
  await expect(chat.answer).toContainText('Asked to continue');
  await chat.answer.getByRole('button', { name: /previous/i }).click();
  await expect(chat.text).toHaveText('The first half and');
});

test('a stopped answer keeps its text while it goes on, and is stopped again', async ({ chat, page }) => {
  await chat.choose(`${scriptedLabel} · slow`);
  await chat.send('Many words');
  await expect(chat.text).toContainText('w5 ');
  await page.getByRole('button', { name: 'Stop' }).click();
  await chat.becomes('stopped');
  const before = await chat.text.innerText();
  await chat.answer.getByRole('button', { name: 'Continue' }).click();
  await expect(chat.text).toContainText(`${before.trim().split(' ').at(-1) ?? ''} `);
  await expect(chat.answer).toHaveAttribute('data-state', 'streaming');
  await page.getByRole('button', { name: 'Stop' }).click();
  await chat.becomes('stopped');
  expect((await chat.text.innerText()).startsWith(before.trim())).toBe(true);
});

test('a reload while an answer goes on takes it up again, beginning, seam and all', async ({
  chat,
  page,
}) => {
  await chat.choose(`${scriptedLabel} · half`);
  await chat.ask('Two halves');
  await chat.answer.getByRole('button', { name: 'Continue' }).click();
  await expect(chat.text).toHaveText('The first half and the');
  await page.reload();
  await chat.becomes('done');
  await expect(chat.text).toHaveText('The first half and the second half.');
  await expect(chat.answer).toContainText('Asked to continue');
});
