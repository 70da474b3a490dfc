/** Everything that goes wrong with a server: one clear message with cause, what was kept, and the next step. */
import { expect, scriptedLabel, test } from './scripted';

interface Fault {
  readonly model: string;
  readonly state: 'failed' | 'incomplete' | 'done';
  readonly code?: string;
  readonly says: readonly RegExp[];
}

const faults: readonly Fault[] = [
  { model: 'html', state: 'failed', says: [/HTML|web page/i, /Your message is kept/] },
  { model: 'unauthorized', state: 'failed', code: 'unauthorized', says: [/key/i] },
  { model: 'missing-model', state: 'failed', code: 'model-not-found', says: [/model/i, /kept/] },
  { model: 'too-many', state: 'failed', code: 'rate-limited', says: [/asks to wait another \d+ s/] },
  { model: 'busy', state: 'failed', code: 'server-failed', says: [/wait|passed/] },
  { model: 'overflow', state: 'failed', code: 'context-overflow', says: [/context|too long/i] },
  { model: 'broken', state: 'failed', code: 'server-failed', says: [/kept/] },
  { model: 'whole-failure', state: 'failed', code: 'server-failed', says: [/the engine is asleep/, /kept/] },
  { model: 'cut', state: 'incomplete', says: [/What had arrived is kept/, /Retry|Try again/] },
  { model: 'malformed', state: 'incomplete', code: 'malformed-stream', says: [/What had arrived is kept/] },
  { model: 'interrupted', state: 'incomplete', code: 'malformed-stream', says: [/What had arrived is kept/] },
  { model: 'failing-midway', state: 'incomplete', says: [/What had arrived is kept/] },
  { model: 'empty', state: 'done', says: [/without writing anything/] },
];

for (const { model, state, code, says } of faults) {
  test(`a server that is ${model}: said once, nothing lost, nothing sent again`, async ({
    chat,
    page,
    server,
  }) => {
    await chat.choose(`${scriptedLabel} · ${model}`);
    await chat.send('Tell me');
    await chat.becomes(state);
    if (code) await expect(chat.answer.locator('[data-part="error"]')).toHaveAttribute('data-code', code);
    for (const words of says) await expect(chat.answer).toContainText(words);
    if (state === 'incomplete') await expect(chat.text).toHaveText('This part arrived');
    await expect(page.getByRole('log')).toContainText('Tell me');
    const chats = () => server.requests.filter((request) => request === 'POST /v1/chat/completions').length;
    const sent = chats();
    await page.waitForTimeout(1500);
    expect(chats(), 'nothing retries by itself').toBe(sent);
    await expect(chat.answer.getByRole('button', { name: 'Retry' })).toBeEnabled();
  });
}

test('an answer that was not streamed is an answer, and no speed is claimed', async ({ chat }) => {
  await chat.choose(`${scriptedLabel} · whole`);
  expect(await chat.ask('Tell me')).toBe('All of it, at once.');
  const figures = chat.answer.getByRole('list', { name: 'Figures of this answer' });
  await expect(figures).toContainText('not streamed');
  await expect(figures).toContainText('first token');
  await expect(figures).toContainText('6 tokens');
  await expect(figures).not.toContainText('tokens/s');
});

test('a page that a server sends is shown as text, never as a page', async ({ chat, page }) => {
  let isAlerted = false;
  page.on('dialog', (dialog) => {
    isAlerted = true;
    void dialog.dismiss();
  });
  await chat.choose(`${scriptedLabel} · html`);
  await chat.send('Tell me');
  await chat.becomes('failed');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toHaveCount(0);
  expect(isAlerted).toBe(false);
});

test('a server that is gone: said at the model, and the conversation goes on elsewhere', async ({
  page,
  chat,
}) => {
  await page.getByRole('button', { name: 'Model', exact: true }).click();
  await expect(page.getByRole('group', { name: 'Ollama: does not answer' })).toBeVisible();
  await page.keyboard.press('Escape');
  expect(await chat.ask('Still here?')).toBe('Hello from the server.');
});

test('a screen that cannot be fetched any more says so instead of staying blank', async ({ page, chat }) => {
  await chat.ask('Before');
  await page.route('**/assets/**', (route) => route.abort('connectionrefused'));
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('alert')).toContainText('Settings could not be loaded');
  await page.getByRole('link', { name: 'Chat', exact: true }).click();
  await page.getByRole('link', { name: 'Before' }).click();
  await expect(page.getByRole('log')).toContainText('Hello from the server.');
});

test('the relay going away is said, and what is on the screen stays', async ({ chat, page }) => {
  await chat.ask('Before');
  await page.route('**/relay/**', (route) => route.abort('connectionrefused'));
  await page.route('**/api/**', (route) => route.abort('connectionrefused'));
  await chat.send('After');
  await chat.becomes('failed');
  await expect(chat.answer.locator('[data-part="error"]')).toHaveAttribute('data-code', 'unreachable');
  await expect(chat.answer).toContainText(/relay/i);
  await expect(page.getByRole('log')).toContainText('Before');
});
