/** The connection doctor in a real browser, against servers that are down, refuse, hide, or are something else. */
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { request as forward } from 'node:http';
import type { Browser, Page } from '@playwright/test';
import { freePort } from '../../scripts/shared/free-port.mjs';
import { chromiumFlags, findChromium } from '../support/find-chromium.mjs';
import { startRelay } from '../support/start-relay';
import { readRecording } from '../contract/support/recording';
import { expect, noServers, test as base } from './app';
import { startScriptedServer } from '../support/scripted-server';
import { ChatPage } from './chat-page';
import { DoctorPage } from './doctor-page';
import { type SpecialServer, specialServer } from './special-server';

const known = /^This is it/;
const mostLikely = /^Most likely/;
const oneOf = /^One of these/;
const well = /^Checked/;

interface Fixtures {
  readonly doctor: DoctorPage;
  /** A program on a free port, ended with the test. */
  readonly program: (listener: RequestListener, tls?: boolean) => Promise<string>;
  /** A relay with these variables, ended with the test; the promise of its end is the test's, too. */
  readonly relay: (variables?: Readonly<Record<string, string>>) => ReturnType<typeof startRelay>;
  /** A page in a browser with these flags. */
  readonly browserWith: (flags: readonly string[]) => Promise<Page>;
}

const certificate = {
  key: readFileSync(new URL('../fixtures/self-signed/key.pem', import.meta.url)),
  cert: readFileSync(new URL('../fixtures/self-signed/certificate.pem', import.meta.url)),
};

const test = base.extend<Fixtures>({
  doctor: async ({ page, baseURL }, use) => {
    const doctor = new DoctorPage(page);
    await doctor.openSettings(baseURL ?? '');
    await use(doctor);
  },
  program: async ({ browserName: _ }, use) => {
    const running: Server[] = [];
    await use(async (listener, tls = false) => {
      const server = tls ? createTlsServer(certificate, listener) : createServer(listener);
      running.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    for (const server of running) {
      server.closeAllConnections();
      server.close();
    }
  },
  relay: async ({ browserName: _ }, use) => {
    const running: Awaited<ReturnType<typeof startRelay>>[] = [];
    await use(async (variables = {}) => {
      const relay = await startRelay({ ...noServers, ...variables });
      running.push(relay);
      return relay;
    });
    for (const relay of running) await relay.stop();
  },
  browserWith: async ({ playwright }, use) => {
    const running: Browser[] = [];
    await use(async (flags) => {
      const browser = await playwright.chromium.launch({
        executablePath: findChromium(),
        args: [...chromiumFlags, ...flags],
      });
      running.push(browser);
      return (await browser.newContext({ ignoreHTTPSErrors: true, locale: 'en-US' })).newPage();
    });
    for (const browser of running) await browser.close();
  },
});

function portOf(url: string): string {
  return new URL(url).port;
}

/** Answers with recorded bytes, by path; `cors` where a browser may read them. */
function replays(
  recordings: Readonly<Record<string, string>>,
  rules: { readonly key?: string; readonly refusal?: string; readonly isStrictBefore?: boolean } = {},
): RequestListener {
  return (request, response) => {
    const cors = {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'authorization, content-type',
    };
    if (request.method === 'OPTIONS') {
      if (rules.isStrictBefore) response.writeHead(401).end();
      else response.writeHead(200, cors).end();
      return;
    }
    const path = request.url ?? '';
    const isGuarded = rules.key !== undefined && path.startsWith('/v1');
    if (isGuarded && request.headers.authorization !== `Bearer ${rules.key ?? ''}`) {
      const { status, headers, body } = readRecording(rules.refusal ?? '');
      response.writeHead(status, headers).end(body);
      return;
    }
    const name = recordings[path];
    if (name === undefined) return void response.writeHead(404, cors).end('{"detail":"Not Found"}');
    const { status, headers, body } = readRecording(name);
    response.writeHead(status, { ...headers, ...cors }).end(body);
  };
}

const asVllm = { '/v1/models': 'vllm/models', '/version': 'vllm/version' };

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

  test('is worked by the keyboard alone, and leads back to its button', async ({ doctor, page }) => {
    await doctor.addServer(`http://127.0.0.1:${await freePort()}`, 'vllm', 'Mine');
    const button = doctor.row('Mine').getByRole('button', { name: 'Find out why: Mine' });
    await button.focus();
    await page.keyboard.press('Enter');
    await doctor.finds(mostLikely, 'server-down');
    await expect(doctor.dialog.getByRole('status').first()).toContainText('Nothing answers');
    await page.keyboard.press('Escape');
    await expect(doctor.dialog).toHaveCount(0);
    await expect(button).toBeFocused();
  });
});

test.describe('the browser in between', () => {
  test('Local Network Access: denied, then allowed', async ({ browserWith, program, relay }) => {
    const url = await program(replays(asVllm));
    const { url: address } = await relay({ RELAY_ALLOWED_HOSTS: 'chat.test' });
    const origin = `http://chat.test:${portOf(address)}`;
    const page = await browserWith([
      '--host-resolver-rules=MAP chat.test 127.0.0.1',
      `--ip-address-space-overrides=127.0.0.1:${portOf(address)}=public`,
      `--unsafely-treat-insecure-origin-as-secure=${origin}`,
    ]);
    const doctor = new DoctorPage(page);
    await doctor.openSettings(origin);
    await doctor.addServer(url, 'vllm', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(mostLikely, 'local-network-denied');
    await expect(doctor.dialog).toContainText('loopback-network is denied');
    await page.context().grantPermissions(['local-network-access']);
    await doctor.testAgain();
    await doctor.finds(well, 'works');
  });

  test('mixed content: the browser really sends nothing', async ({ browserWith, program, relay }) => {
    let requests = 0;
    const url = await program((_, response) => {
      requests++;
      response.end('hello');
    });
    let relayPort = '';
    const front = await program((incoming, outgoing) => {
      const { method, headers, url: path } = incoming;
      const options = { host: '127.0.0.1', port: relayPort, method, path, headers };
      incoming.pipe(
        forward(options, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        }),
      );
    }, true);
    const origin = `https://chat.test:${portOf(front)}`;
    relayPort = portOf(
      (await relay({ RELAY_ALLOWED_HOSTS: 'chat.test', RELAY_ALLOWED_ORIGINS: origin })).url,
    );
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

test.describe('real Ollama', () => {
  test.slow();
  let ollama: SpecialServer | string = '';

  test.beforeAll(async () => {
    test.setTimeout(180_000);
    ollama = await specialServer('ollama');
    if (typeof ollama !== 'string') await ollama.start();
  });
  test.afterAll(async () => {
    if (typeof ollama !== 'string') await ollama.stop();
  });

  function running(): SpecialServer {
    test.skip(typeof ollama === 'string', typeof ollama === 'string' ? ollama : '');
    if (typeof ollama === 'string') throw new Error(ollama);
    return ollama;
  }

  test('refuses the page until it is started with the proposed line', async ({ page, relay }) => {
    const server = running();
    const { url } = await relay({ RELAY_ALLOWED_HOSTS: 'chat.localhost' });
    const doctor = new DoctorPage(page);
    await doctor.openSettings(`http://chat.localhost:${portOf(url)}`);
    await doctor.addServer(server.url, 'ollama', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(mostLikely, 'cors-refused');
    const line = await doctor.finding.locator('pre').innerText();
    const [name = '', value = ''] = line.trim().split('=');
    expect(name).toBe('OLLAMA_ORIGINS');
    await server.start({ [name]: value });
    await doctor.testAgain();
    await doctor.finds(well, 'works');
    await server.start();
  });

  test('refuses the page, and the relay is one click away', async ({ page, relay }) => {
    const server = running();
    const { url } = await relay({ RELAY_ALLOWED_HOSTS: 'chat.localhost', OLLAMA_BASE_URL: server.url });
    const doctor = new DoctorPage(page);
    await doctor.openSettings(`http://chat.localhost:${portOf(url)}`);
    await doctor
      .row('Ollama')
      .getByRole('checkbox', { name: /directly from this browser/ })
      .check();
    await expect(doctor.row('Ollama')).toContainText('does not answer');
    await doctor.openFor('Ollama');
    await doctor.finds(known, 'cors-refused');
    await doctor.finding.getByRole('button', { name: 'Go through the relay' }).click();
    await doctor.finds(well, 'works');
    await expect(doctor.dialog).toContainText('through the relay');
    await doctor.close();
    await expect(doctor.row('Ollama')).toContainText('ready');
    await expect(doctor.row('Ollama').getByRole('checkbox')).not.toBeChecked();
  });

  test('refuses to be called by a public name', async ({ app, browserWith }) => {
    const server = running();
    const page = await browserWith(['--host-resolver-rules=MAP models.test 127.0.0.1']);
    const doctor = new DoctorPage(page);
    await doctor.openSettings(app.url);
    await doctor.addServer(`http://models.test:${server.port}`, 'ollama', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(known, 'host-refused');
  });

  test('works: with its version, and nothing is loaded by the questions', async ({ doctor, request }) => {
    const server = running();
    await doctor.addServer(server.url, '', 'Mine');
    await doctor.openFor('Mine');
    await doctor.finds(well, 'works');
    await expect(doctor.finding).toContainText(/version \d+\.\d+\.\d+, \d+ ms, \d+ models?/);
    expect(await (await request.get(`${server.url}/api/ps`)).json()).toEqual({ models: [] });
  });
});

test.describe('real InstructLab', () => {
  test.slow();
  let instructlab: SpecialServer | string = '';

  test.beforeAll(async () => {
    test.setTimeout(240_000);
    instructlab = await specialServer('instructlab');
    if (typeof instructlab !== 'string') await instructlab.start();
  });
  test.afterAll(async () => {
    if (typeof instructlab !== 'string') await instructlab.stop();
  });

  test('has its one connection already, and works when it is free', async ({ doctor }) => {
    test.skip(typeof instructlab === 'string', typeof instructlab === 'string' ? instructlab : '');
    if (typeof instructlab === 'string') return;
    const { port, url } = instructlab;
    await doctor.addServer(url, 'instructlab', 'Mine');
    await doctor.openFor('Mine');
    await expect(async () => {
      // The look that waited for its start may still hold its connection.
      await doctor.testAgain();
      await expect(doctor.finding).toContainText(well, { timeout: 1000 });
    }).toPass({ timeout: 30_000 });
    const socket = connect(port, '127.0.0.1');
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    await doctor.testAgain();
    await doctor.finds(mostLikely, 'busy');
    socket.destroy();
    await doctor.testAgain();
    await doctor.finds(well, 'works');
  });
});
