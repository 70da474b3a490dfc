/** Every spelling of a caller that is, or is not, this machine and this origin; over real sockets. */
import { describe, expect, it } from 'vitest';
import { fakeServer, jsonByPath } from './support/fake-server';
import { rawRequest } from './support/raw-request';
import { runningRelay } from './support/running-relay';
import { upstreamOf } from './support/settings';

const other = 'https://chat.example';

async function relayBeforeServer(more: Parameters<typeof runningRelay>[0] = {}) {
  const server = await fakeServer(jsonByPath({ '/api/tags': { models: [] } }));
  const relay = await runningRelay({ upstreams: [upstreamOf('ollama', server.url)], ...more });
  return { relay, server };
}

/** The address that matters most: it would reach a server. */
const target = 'GET /relay/ollama/api/tags HTTP/1.1';

describe('Host', () => {
  const own = [
    'localhost',
    'LOCALHOST',
    'localhost:PORT',
    'localhost:1',
    '127.0.0.1',
    '127.0.0.1:PORT',
    '[::1]',
    '[::1]:PORT',
    'chat.lan',
    'CHAT.lan:99',
    'box.lan:8080',
  ];
  const foreign = [
    ...[
      'evil.example',
      'evil.example:PORT',
      'localhost.evil.example',
      'evil.example.localhost',
      'a.localhost',
    ],
    ...['localhost.', '127.0.0.1.', '127.0.0.1.nip.io', '127.0.0.1.evil.example', 'localhost@evil.example'],
    ...[
      'evil.example@localhost',
      'localhost:PORT@evil.example',
      'localhost:',
      'localhost:abc',
      'localhost:999999',
    ],
    ...[
      '2130706433',
      '0x7f000001',
      '0x7f.0.0.1',
      '0177.0.0.1',
      '017700000001',
      '127.1',
      '127.0.1',
      '127.000.000.001',
    ],
    ...[
      '0.0.0.0',
      '0',
      '127.0.0.2',
      '192.168.0.1',
      '10.0.0.1',
      '169.254.169.254',
      '[::]',
      '::1',
      '[::1',
      '::1]',
    ],
    ...[
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[0:0:0:0:0:0:0:1]',
      '[::1%25lo]',
      '[::1]evil',
      '[::1].evil.example',
    ],
    ...[
      '127。0。0。1',
      'ｌocalhost',
      'local host',
      'localhost,evil.example',
      'localhost/evil',
      'localhost\\evil',
    ],
    ...[
      'localhost.:PORT',
      'LOCALHOST.',
      'localhost.evil.com',
      'xn--lcalhost-54a',
      'ⓛocalhost',
      '127.0.0.1.xip.io',
    ],
    ...[
      '[::1]:',
      '[::1]:PORT:PORT',
      '[::7f00:1]',
      '[fe80::1]',
      '[::ffff:0:127.0.0.1]',
      '0x7f.1',
      '127.0.0.1:0x50',
    ],
    ...['box.lan', 'box.lan:8081', 'x.chat.lan', 'chat.lan.evil.example', '*', ''],
  ];

  it.each(own)('%s is the relay', async (host) => {
    const { relay } = await relayBeforeServer({ allowedHosts: ['chat.lan', 'box.lan:8080'] });
    const reply = await rawRequest(relay.port, [target, `Host: ${host.replace('PORT', String(relay.port))}`]);
    expect(reply.status).toBe(200);
  });

  it('no other name is, on any route', async () => {
    const { relay, server } = await relayBeforeServer({ allowedHosts: ['chat.lan', 'box.lan:8080'] });
    const asked = server.requests.length;
    for (const host of foreign) {
      const line = `Host: ${host.replace('PORT', String(relay.port))}`;
      for (const path of ['/relay/ollama/api/tags', '/api/health', '/api/config', '/models/x.gguf', '/']) {
        const { status, body } = await rawRequest(relay.port, [`GET ${path} HTTP/1.1`, line]);
        expect([path, host, status, body], body).toEqual([
          path,
          host,
          expect.toSatisfy(isRefusal),
          expect.anything(),
        ]);
      }
    }
    expect(server.requests.filter(({ url }) => url === '/api/tags').slice(asked)).toEqual([]);
  });

  it('is asked for', async () => {
    const { relay } = await relayBeforeServer();
    expect((await rawRequest(relay.port, ['GET /api/health HTTP/1.0', 'Host:'])).status).toSatisfy(isRefusal);
  });
});

function isRefusal(status: number): boolean {
  return status === 403 || status === 400;
}

describe('Origin', () => {
  const foreign = [
    ...[
      'null',
      'https://evil.example',
      'http://evil.example',
      'http://localhost',
      'http://localhost:1',
      'file://',
    ],
    ...[
      'https://localhost:PORT',
      'http://127.0.0.1:PORT',
      'http://[::1]:PORT',
      'http://localhost:PORT.evil.example',
    ],
    ...[
      'http://localhost:PORT@evil.example',
      'http://localhost:PORT/',
      'HTTP://localhost:PORT',
      'localhost:PORT',
    ],
    ...[
      'https://chat.example.evil.example',
      'https://chat.example:8443',
      'http://chat.example',
      'https://CHAT.example',
    ],
    ...[
      'https://xchat.example',
      'https://chat.example, http://localhost:PORT',
      'chrome-extension://abc',
      '*',
      '',
    ],
  ];

  it('of the relay itself, and one on the list, may call', async () => {
    const { relay } = await relayBeforeServer({ allowedOrigins: [other] });
    const ours = await rawRequest(relay.port, [target, `Origin: http://localhost:${relay.port}`]);
    expect(ours.status).toBe(200);
    expect(ours.head).not.toContain('access-control-allow-origin');
    const listed = await rawRequest(relay.port, [target, `Origin: ${other}`]);
    expect(listed.status).toBe(200);
    expect(listed.head).toContain(`access-control-allow-origin: ${other}\r\n`);
    expect(listed.head).toContain('vary: origin');
    expect(listed.head).not.toContain('access-control-allow-credentials');
  });

  it('of anybody else may not, with any method, on any route', async () => {
    const { relay, server } = await relayBeforeServer({ allowedOrigins: [other] });
    const asked = server.requests.length;
    for (const origin of foreign) {
      const line = `Origin: ${origin.replace('PORT', String(relay.port))}`;
      const paths = [
        '/relay/ollama/api/tags',
        '/relay/ollama/api/chat',
        '/api/config',
        '/api/status',
        '/api/session',
        '/',
      ];
      for (const path of paths) {
        for (const method of ['GET', 'POST', 'OPTIONS']) {
          const { status, head } = await rawRequest(relay.port, [`${method} ${path} HTTP/1.1`, line]);
          expect([origin, path, method, status]).toEqual([origin, path, method, 403]);
          expect(head).not.toContain('access-control-allow-origin');
        }
      }
    }
    expect(server.requests.slice(asked).filter(({ url }) => url === '/api/chat')).toEqual([]);
  });

  it('is not needed by a program, but a browser that shows a foreign page without it is refused', async () => {
    const { relay } = await relayBeforeServer();
    const site = (value: string, path = '/relay/ollama/api/tags') =>
      rawRequest(relay.port, [`GET ${path} HTTP/1.1`, `Sec-Fetch-Site: ${value}`]).then(
        ({ status }) => status,
      );
    expect((await rawRequest(relay.port, [target])).status).toBe(200);
    expect(await site('same-origin')).toBe(200);
    expect(await site('none')).toBe(200);
    expect(await site('cross-site')).toBe(403);
    expect(await site('same-site')).toBe(403);
    expect(await site('cross-site', '/models/a.gguf')).toBe(403);
    // A link to the page on another site works: here 503, as this relay has no page.
    expect(await site('cross-site', '/')).toBe(503);
  });
});
