/** Real servers and tools: a model of Ollama's calls one and tells the result; where none is called, the page says so. */
import type { Page } from '@playwright/test';
import { expect } from './app';
import { testWithRelay } from './with-relay';

/** A long history and a small machine. */
const patience = 400_000;
const { OLLAMA_BASE_URL: ollama, INSTRUCTLAB_BASE_URL: instructlab } = process.env;

const test = testWithRelay({ OLLAMA_BASE_URL: ollama, INSTRUCTLAB_BASE_URL: instructlab });

const sums = [
  ['12 * 4', '48'],
  ['7 + 30', '37'],
  ['81 / 9', '9'],
] as const;

/** A kept conversation in which tools were called: so small a model calls only what it has seen called. */
function keptConversation() {
  const rows = sums.flatMap(([sum, result]) => [
    { role: 'user', text: `What is ${sum}?` },
    {
      role: 'assistant',
      text: '',
      endReason: 'tool-calls',
      toolCalls: [{ id: 'c0', name: 'calculator', arguments: JSON.stringify({ expression: sum }) }],
    },
    { role: 'tool', text: result, toolCallId: 'c0', toolName: 'calculator', answeredBy: 'person' },
    { role: 'assistant', text: `It is ${result}.`, endReason: 'stop' },
  ]);
  const answerer = { backendId: 'ollama', backendLabel: 'Ollama', modelId: 'm', modelLabel: 'm' };
  const messages = rows.map((row, position) => ({
    id: `m${position}`,
    conversationId: 'kept',
    parentId: position === 0 ? null : `m${position - 1}`,
    position,
    createdAt: 1,
    ...(row.role === 'assistant' && { state: 'done', reasoning: '', ...answerer }),
    ...row,
  }));
  const leafId = `m${messages.length - 1}`;
  const conversation = { id: 'kept', title: 'Sums', isTitleChosen: true, createdAt: 1, updatedAt: 1, leafId };
  return { conversation, messages };
}

async function keep(page: Page): Promise<void> {
  await page.evaluate(async ({ conversation, messages }) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('switchyard');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error('not opened'));
    });
    const transaction = database.transaction(['conversations', 'messages'], 'readwrite');
    transaction.objectStore('conversations').put(conversation);
    for (const message of messages) transaction.objectStore('messages').put(message);
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    database.close();
  }, keptConversation());
  await page.goto('/#/chat/kept');
  await page.reload();
}

test('a real model calls the calculator and tells its result', async ({ chat, page }) => {
  test.skip(ollama === undefined, 'OLLAMA_BASE_URL is not set.');
  test.setTimeout(patience * 2);
  await keep(page);
  await expect(chat.answers).toHaveCount(sums.length * 2);
  await chat.choose('Ollama · smollm2-tools:latest');
  await page.getByRole('button', { name: 'Answer settings' }).click();
  await page.getByRole('spinbutton', { name: 'Temperature' }).fill('0');
  await page.getByRole('spinbutton', { name: 'Longest answer' }).fill('60');
  await page.locator('summary', { hasText: 'Tools' }).click();
  await page.getByRole('checkbox', { name: /^Calculator/ }).check();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await chat.message.fill('What is 17 * 3?');
  await chat.message.press('Enter');
  await expect(chat.answers).toHaveCount(sums.length * 2 + 2, { timeout: patience });
  await chat.becomes('done', patience);
  await expect(chat.text).toContainText('51');
  const card = page.getByRole('group', { name: 'Tool call calculator' }).last();
  await expect(card).toContainText('17 * 3');
  await expect(card).toContainText('answered by this page');
});

const withoutTools = [
  { url: ollama, label: 'Ollama', model: 'smollm2:latest', ignored: /^Ignored by smollm2/ },
  // It would write a call as text.
  { url: instructlab, label: 'InstructLab', ignored: /^Ignored by SmolLM2/ },
];

for (const { url, label, model, ignored } of withoutTools) {
  test(`${label}: without tools it answers all the same, and says that it was not told of them`, async ({
    chat,
    page,
  }) => {
    test.skip(url === undefined, 'This server is not there.');
    test.setTimeout(patience);
    await chat.chooseOf(label, model);
    await page.getByRole('button', { name: 'Answer settings' }).click();
    await page.getByRole('spinbutton', { name: 'Longest answer' }).fill('16');
    await page.locator('summary', { hasText: 'Tools' }).click();
    await page.getByRole('checkbox', { name: /^Calculator/ }).check();
    await expect(page.getByText(ignored)).toBeVisible();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await chat.ask('What is the capital of France?', patience);
    await expect(chat.answer).toContainText('Tools were not sent');
  });
}
