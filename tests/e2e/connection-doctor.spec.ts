/** The connection doctor in a real browser, against programs that are down, refuse, hide, or are something else. */
import { freePort } from '../../scripts/shared/free-port.mjs';
import { startScriptedServer } from '../support/scripted-server';
import { ChatPage } from './chat-page';
import { expect, known, mostLikely, oneOf, portOf, test, well } from './doctor';
import { DoctorPage } from './doctor-page';
import { passesOn, replays } from './doctor-programs';
import { setNetworkPermission } from './network-permission';

const asVllm = { '/v1/models': 'vllm/models', '/version': 'vllm/version' };

/** Flags under which a relay on this machine serves `chat.test` as if from the internet. */
function publicPage(address: string): string[] {
  return [
    '--host-resolver-rules=MAP chat.test 127.0.0.1',
    `--ip-address-space-overrides=127.0.0.1:${portOf(address)}=public`,
  ];
}

test.describe('without a server of its own', () => {
  test('nothing listens there', async ({ doctor }) => {
    await doctor.addServer(`http://127.0.0.1:${await freePort()}`, 'ollama', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(mostLikely, 'server-down');
    await expect(doctor.finding).toContainText('ollama serve');
  });

  test('what is being typed is examined before it is added, and another program is told from nobody', async ({
    doctor,
    page,
    program,
  }) => {
    const url = await program((_, response) => {
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>Router</title>');
    });
    await doctor.addServer(url, '');
    await page
      .getByRole('form', { name: 'Add a server' })
      .getByRole('button', { name: 'Find out why' })
      .click();
    await doctor.finds(oneOf, 'cors-refused', 'not-a-model-server');
    await expect(doctor.dialog).toContainText('Yes, something answers.');
  });

  test('a certificate that nobody trusts looks like nobody', async ({ doctor, program }) => {
    await doctor.addServer(await program((_, response) => response.end('hello'), true), 'vllm', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(oneOf, 'certificate-refused', 'server-down');
  });

  test('the relay says what is wrong with a certificate', async ({ page, relay, program }) => {
    const url = await program((_, response) => response.end('hello'), true);
    const { url: address } = await relay({ VLLM_BASE_URL: url });
    const doctor = new DoctorPage(page);
    await doctor.openSettings(address);
    await doctor.openFor('vLLM');
    await doctor.finds(known, 'certificate-refused');
  });

  test('vLLM without its key, and with it', async ({ doctor, program }) => {
    const vllm = replays(asVllm, { key: 'right', refusal: 'vllm/auth-missing-models' });
    await doctor.addServer(await program(vllm), 'vllm', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(mostLikely, 'key-missing');
    const field = doctor.finding.getByLabel('Key for Mine');
    await field.fill('wrong');
    await field.press('Tab');
    await doctor.finds(mostLikely, 'key-wrong');
    await doctor.finding.getByLabel('Key for Mine').fill('right');
    await doctor.finding.getByLabel('Key for Mine').press('Tab');
    await doctor.finds(well, 'works');
    await expect(doctor.finding).toContainText('version');
    await doctor.close();
    await expect(doctor.row('Mine')).toContainText('ready');
    await expect(doctor.row('Mine').getByLabel('Key for Mine')).toHaveValue('right');
  });

  test('a proxy that wants a key even for the preflight', async ({ doctor, program }) => {
    await doctor.addServer(await program(replays(asVllm, { isStrictBefore: true })), 'openai', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(known, 'preflight-refused');
  });

  test('another kind, and set up right by one click', async ({ doctor, program }) => {
    await doctor.addServer(await program(replays(asVllm)), 'ollama', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(known, 'wrong-kind');
    await doctor.finding.getByRole('button', { name: 'Set it up as that' }).click();
    await doctor.finds(well, 'works');
  });

  test('a path too many, and corrected by one click', async ({ doctor, program }) => {
    await doctor.addServer(`${await program(replays(asVllm))}/chat`, 'vllm', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(known, 'wrong-path');
    await doctor.finding.getByRole('button', { name: 'Use this address' }).click();
    await doctor.finds(well, 'works');
  });

  test('the relay has ended', async ({ page, relay, program }) => {
    const running = await relay({ VLLM_BASE_URL: await program(replays(asVllm)) });
    const doctor = new DoctorPage(page);
    await doctor.openSettings(running.url);
    await doctor.openFor('vLLM');
    await doctor.finds(well, 'works');
    await running.stop();
    await doctor.testAgain();
    await doctor.finds(known, 'relay-not-reachable');
    await expect(doctor.finding).toContainText('npm start');
  });

  test('is offered below an answer that failed', async ({ page, relay }) => {
    const server = await startScriptedServer();
    const { url } = await relay({ OPENAI_BASE_URL: server.url, LLM_BACKEND_TYPE: 'openai' });
    const chat = new ChatPage(page);
    await chat.open(url);
    await chat.choose('OpenAI-compatible · unauthorized');
    await chat.send('Hello');
    await chat.becomes('failed');
    await server.stop();
    await chat.answer.getByRole('button', { name: /^Find out why/ }).click();
    const doctor = new DoctorPage(page);
    await doctor.finds(known, 'server-down');
  });
});

test.describe('the browser in between', () => {
  for (const [state, certainty, ...causes] of [
    ['denied', mostLikely, 'local-network-denied'],
    ['prompt', oneOf, 'local-network-unasked', 'server-down'],
  ] as const) {
    test(`Local Network Access: ${state}, then allowed`, async ({ browserWith, program, relay }) => {
      const url = await program(replays(asVllm));
      const { url: address } = await relay({ RELAY_ALLOWED_HOSTS: 'chat.test' });
      const origin = `http://chat.test:${portOf(address)}`;
      const page = await browserWith([
        ...publicPage(address),
        `--unsafely-treat-insecure-origin-as-secure=${origin}`,
      ]);
      const doctor = new DoctorPage(page);
      await doctor.openSettings(origin);
      await setNetworkPermission(page, state);
      await doctor.addServer(url, 'vllm', 'Mine');
      await doctor.openFor('Mine');
      await doctor.finds(certainty, ...causes);
      await expect(doctor.finding).toContainText('loopback-network');
      await setNetworkPermission(page, 'granted');
      await doctor.testAgain();
      await doctor.finds(well, 'works');
    });
  }

  test('Local Network Access: never for a page from plain http', async ({ browserWith, program, relay }) => {
    const url = await program(replays(asVllm));
    const { url: address } = await relay({ RELAY_ALLOWED_HOSTS: 'chat.test' });
    const doctor = new DoctorPage(await browserWith(publicPage(address)));
    await doctor.openSettings(`http://chat.test:${portOf(address)}`);
    await doctor.addServer(url, 'vllm', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(oneOf, 'local-network-denied', 'server-down');
    await expect(doctor.finding).toContainText('Open this page as http://localhost or over https');
  });

  test('mixed content: the browser really sends nothing', async ({ browserWith, program, relay }) => {
    let requests = 0;
    const url = await program((_, response) => {
      requests++;
      response.end('hello');
    });
    let relayUrl = '';
    const front = await program((incoming, outgoing) => passesOn(relayUrl)(incoming, outgoing), true);
    const origin = `https://chat.test:${portOf(front)}`;
    const allowed = { RELAY_ALLOWED_HOSTS: 'chat.test', RELAY_ALLOWED_ORIGINS: origin };
    relayUrl = (await relay(allowed)).url;
    const page = await browserWith(['--host-resolver-rules=MAP *.test 127.0.0.1']);
    const doctor = new DoctorPage(page);
    await doctor.openSettings(origin);
    const server = `http://models.test:${portOf(url)}`;
    await doctor.addServer(server, 'vllm', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(known, 'mixed-content');
    const thrown = await page.evaluate((to) => fetch(to, { mode: 'no-cors' }).catch(String), server);
    expect(thrown).toContain('TypeError');
    expect(requests).toBe(0);
  });
});
