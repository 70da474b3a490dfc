/** Answers through the relay: many at once over one connection, and none lost by a cut, a reload or a sleep. */
import type { Page } from '@playwright/test';
import { freePort } from '../../scripts/shared/free-port.mjs';
import { startCuttableProxy } from '../support/cuttable-proxy';
import { startRelay } from '../support/start-relay';
import { noServers } from './app';
import { ChatPage } from './chat-page';
import { expect, scriptedLabel, test } from './scripted';

const steady = Array.from({ length: 100 }, (_, at) => `word${at + 1}`).join(' ');

function environment(serverUrl: string, more: Readonly<Record<string, string>> = {}) {
  return {
    ...noServers,
    OPENAI_BASE_URL: serverUrl,
    LLM_BACKEND_TYPE: 'openai',
    DEFAULT_MODEL_NAME: 'steady',
    ...more,
  };
}

const chatsOf = (requests: readonly string[]): number =>
  requests.filter((request) => request === 'POST /v1/chat/completions').length;

/** The steady model is chosen, and its answers come over a connection that the test can cut. */
async function openThroughProxy(page: Page, relayUrl: string) {
  const proxy = await startCuttableProxy(relayUrl);
  const chat = new ChatPage(page);
  await chat.open(proxy.url);
  await chat.choose(`${scriptedLabel} · steady`);
  return { proxy, chat };
}

test('twelve answers run at once, and the relay still answers everything else', async ({
  chat,
  page,
  server,
}) => {
  const stoppedBefore = server.aborted();
  await chat.choose(`${scriptedLabel} · slow`);
  for (let count = 1; count <= 12; count++) {
    await chat.send(`Number ${count}`);
    await expect(chat.text, `answer ${count}`).toContainText('w2');
    if (count < 12) await chat.startAnew();
  }
  const running = page.getByRole('link', { name: /Number \d+/ });
  await expect(running).toHaveCount(12);
  const health = await page.evaluate(async () => {
    const startedAt = performance.now();
    const { status } = await fetch('/api/health');
    return { status, milliseconds: performance.now() - startedAt };
  });
  expect(health.status).toBe(200);
  // Sanity only: with six connections taken it would wait for twenty seconds.
  expect(health.milliseconds).toBeLessThan(2000);
  await page.getByRole('button', { name: 'Stop' }).click();
  await chat.becomes('stopped');
  await expect.poll(server.aborted).toBe(stoppedBefore + 1);
});

test('a connection that is cut again and again: the answer is whole, and was asked for once', async ({
  page,
  server,
  relay,
}) => {
  const { proxy, chat } = await openThroughProxy(page, relay.url);
  const asked = chatsOf(server.requests);
  await chat.send('Go');
  for (const word of ['word10 ', 'word30 ', 'word50 ']) {
    await expect(chat.text).toContainText(word);
    expect(proxy.cut('GET /api/answers')).toBe(1);
  }
  await chat.becomes('done', 40_000);
  await expect(chat.text).toHaveText(steady);
  expect(chatsOf(server.requests)).toBe(asked + 1);
  await proxy.stop();
});

test('while the page is getting back to an answer it says so, and Stop works', async ({
  page,
  server,
  relay,
}) => {
  const { proxy, chat } = await openThroughProxy(page, relay.url);
  const lost = 'Connection lost; getting back to the answer…';
  await chat.send('Go');
  await expect(chat.text).toContainText('word5 ');
  await expect(chat.answer).not.toContainText('onnection');
  proxy.refuse('GET /api/answers');
  expect(proxy.cut('GET /api/answers')).toBe(1);
  await expect(chat.answer).toContainText(lost);
  await expect(page.getByRole('status').filter({ hasText: lost })).toHaveCount(1);
  proxy.refuse();
  await expect(chat.answer).toContainText('The connection is back; the answer goes on.');
  await expect(page.getByRole('status').filter({ hasText: 'The connection is back' })).toHaveCount(1);
  await chat.becomes('done', 40_000);
  await expect(chat.text).toHaveText(steady);
  const figures = chat.answer.getByRole('list', { name: 'Figures of this answer' });
  await expect(figures).toContainText('first token');
  await expect(figures).toContainText('without connection');
  await expect(figures).not.toContainText(/\d tokens\/s/);

  const aborted = server.aborted();
  await chat.send('Again');
  await expect(chat.text).toContainText('word5 ');
  proxy.refuse('GET /api/answers');
  proxy.cut('GET /api/answers');
  await expect(chat.answer).toContainText(lost);
  await page.getByRole('button', { name: 'Stop' }).click();
  await chat.becomes('stopped');
  await expect(chat.answer).not.toContainText(lost);
  await expect(chat.text).toContainText('word5 ');
  await expect.poll(server.aborted).toBe(aborted + 1);
  await proxy.stop();
});

test('after a reload answers of other conversations go on as well, before anybody opens them', async ({
  chat,
  page,
  server,
}) => {
  const asked = chatsOf(server.requests);
  for (const title of ['Alpha', 'Beta']) {
    await chat.choose(`${scriptedLabel} · steady`);
    await chat.send(title);
    await expect(chat.text).toContainText('word5 ');
    await chat.startAnew();
  }
  await page.reload();
  await expect(page.getByLabel('answering')).toHaveCount(2);
  for (const title of ['Alpha', 'Beta']) {
    await page.getByRole('link', { name: new RegExp(title) }).click();
    await expect(chat.text).toContainText('word10 ');
    await chat.becomes('done', 40_000);
    await expect(chat.text).toHaveText(steady);
  }
  expect(chatsOf(server.requests)).toBe(asked + 2);
});

test('an answer of another conversation whose time was over is told as cut, with what had arrived', async ({
  page,
  server,
}) => {
  const relay = await startRelay(environment(server.url, { RELAY_KEEP_ANSWER_MS: '500' }));
  const chat = new ChatPage(page);
  await chat.open(relay.url);
  await chat.choose(`${scriptedLabel} · slow`);
  const aborted = server.aborted();
  await chat.send('Gamma');
  await expect(chat.text).toContainText('w40 ', { timeout: 30_000 });
  await page.goto('about:blank');
  await expect.poll(server.aborted).toBe(aborted + 1);
  await chat.open(relay.url);
  await page.getByRole('link', { name: /Gamma/ }).click();
  await chat.becomes('incomplete');
  await expect(chat.text).toContainText('w20 ');
  await expect(chat.answer).toContainText('no longer has this answer');
  await expect(chat.answer).toContainText('What had arrived is kept.');
  await relay.stop();
});

test('a reload in the middle: the answer goes on, and what was there never gets less', async ({
  chat,
  page,
  server,
}) => {
  await chat.choose(`${scriptedLabel} · steady`);
  const asked = chatsOf(server.requests);
  await chat.send('Go');
  await expect(chat.text).toContainText('word20 ');
  const shown = (await chat.text.innerText()).length;
  await page.reload();
  await expect(chat.answer).toHaveAttribute('data-state', 'streaming');
  await expect(chat.text).not.toHaveText('');
  // The checkpoint may lack the last 250 ms.
  expect((await chat.text.innerText()).length).toBeGreaterThan(shown - 60);
  await chat.becomes('done', 40_000);
  await expect(chat.text).toHaveText(steady);
  await expect(chat.answer).toContainText('loaded again');
  const figures = chat.answer.getByRole('list', { name: 'Figures of this answer' });
  await expect(figures).toContainText('first token');
  await expect(figures).toContainText('without connection');
  await expect(figures).not.toContainText(/\d tokens\/s/);
  expect(chatsOf(server.requests)).toBe(asked + 1);
  await page.reload();
  await expect(chat.text).toHaveText(steady);
});

test('Stop after a reload reaches the server', async ({ chat, page, server }) => {
  await chat.choose(`${scriptedLabel} · slow`);
  await chat.send('Go');
  await expect(chat.text).toContainText('w20 ');
  await page.reload();
  await expect(chat.answer).toHaveAttribute('data-state', 'streaming');
  const aborted = server.aborted();
  await page.getByRole('button', { name: 'Stop' }).click();
  await chat.becomes('stopped');
  await expect.poll(server.aborted).toBe(aborted + 1);
  await expect(chat.text).toContainText('w20 ');
});

test('where nothing is to be kept, a reload ends the answer, and its text stays', async ({
  page,
  server,
}) => {
  const relay = await startRelay(environment(server.url, { RELAY_KEEP_ANSWER_MS: '0' }));
  const chat = new ChatPage(page);
  await chat.open(relay.url);
  await chat.ask('First');
  await chat.choose(`${scriptedLabel} · slow`);
  await chat.send('Second');
  await expect(chat.text).toContainText('w30', { timeout: 30_000 });
  const shown = await chat.text.innerText();
  const aborted = server.aborted();
  await page.reload();
  await expect(chat.answers).toHaveCount(2);
  await chat.becomes('incomplete');
  const kept = await chat.text.innerText();
  // 250 ms of a stream of 25 words a second.
  expect(kept.split(' ').length).toBeGreaterThanOrEqual(shown.trim().split(' ').length - 7);
  await expect(chat.answer).toContainText('no longer has this answer');
  await expect.poll(server.aborted).toBe(aborted + 1);
  await expect(page.getByRole('button', { name: 'Model', exact: true })).toHaveAccessibleDescription(
    `${scriptedLabel} · slow`,
  );
  await relay.stop();
});

test('a relay without lanes: each answer comes by itself, and a reload ends it', async ({ page, server }) => {
  const relay = await startRelay(environment(server.url, { RELAY_LANES: 'off' }));
  const chat = new ChatPage(page);
  await chat.open(relay.url);
  await chat.choose(`${scriptedLabel} · plain`);
  expect(await chat.ask('First')).toBe('Hello from the server.');
  await chat.choose(`${scriptedLabel} · slow`);
  await chat.send('Second');
  await expect(chat.text).toContainText('w20 ');
  await page.reload();
  await chat.becomes('incomplete');
  await expect(chat.text).toContainText('w10 ');
  await relay.stop();
});

test('a relay that is started again: the answer is incomplete, and its text stays', async ({
  page,
  server,
}) => {
  const settings = environment(server.url, {
    PORT: String(await freePort()),
    RELAY_SHUTDOWN_GRACE_MS: '0',
  });
  const first = await startRelay(settings);
  const chat = new ChatPage(page);
  await chat.open(first.url);
  await chat.send('Go');
  await expect(chat.text).toContainText('word20 ');
  await first.stop();
  const second = await startRelay(settings);
  await chat.becomes('incomplete');
  await expect(chat.text).toContainText('word20');
  await expect(chat.answer).toContainText('no longer has this answer');
  await expect(chat.answer).toContainText('What had arrived is kept.');
  await second.stop();
});
