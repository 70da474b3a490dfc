/** The token: what needs it, in which forms it may come, and the cookie that stands for it. */
import { describe, expect, it, vi } from 'vitest';
import { Session } from '../../../../relay/access/session';
import { fakeServer, jsonByPath } from '../support/fake-server';
import { runningRelay } from '../support/running-relay';
import { upstreamOf } from '../support/settings';

const token = 'correct-horse-battery';

async function lockedRelay() {
  const server = await fakeServer(jsonByPath({ '/v1/models': { data: [] } }));
  const relay = await runningRelay({
    tokens: [{ name: 'relay', value: token }],
    upstreams: [upstreamOf('vllm', server.url)],
  });
  const call = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(relay.url + path, { method, headers });
  return { relay, server, call };
}

const locked = ['/api/config', '/api/status', '/relay/vllm/v1/models', '/relay/nobody/x', '/models/a.gguf'];

describe('without the token', () => {
  it.each(locked)('%s is locked', async (path) => {
    const { call } = await lockedRelay();
    const reply = await call(path);
    expect(reply.status).toBe(401);
    expect(await reply.json()).toMatchObject({ error: { code: 'unauthorized' } });
    expect(reply.headers.get('www-authenticate')).toBeNull();
  });

  it('health and the page are open', async () => {
    const { call } = await lockedRelay();
    expect((await call('/api/health')).status).toBe(200);
    // 503: this relay has no page, which is another matter.
    expect((await call('/')).status).toBe(503);
  });

  it.each([
    ['a wrong one', `Bearer ${token}x`],
    ['a shorter one', `Bearer ${token.slice(0, -1)}`],
    ['one of the same length', `Bearer ${token.replace('c', 'd')}`],
    ['another scheme', `Basic ${btoa(`x:${token}`)}`],
    ['no scheme', token],
    ['nothing', 'Bearer '],
    ['two', `Bearer ${token} ${token}`],
  ])('%s does not open', async (_name, authorization) => {
    const { call, server } = await lockedRelay();
    expect((await call('/api/config', { authorization })).status).toBe(401);
    expect((await call('/api/session', { authorization }, 'POST')).status).toBe(401);
    const chats = server.requests.filter(({ headers }) => headers.authorization !== undefined);
    expect(chats).toEqual([]);
  });

  it('a token in the address or in another header does not open', async () => {
    const { call } = await lockedRelay();
    expect((await call(`/api/config?token=${token}`)).status).toBe(401);
    expect((await call('/api/config', { 'x-api-key': token, cookie: `switchyard-0=${token}` })).status).toBe(
      401,
    );
  });
});

describe('with the token', () => {
  it('everything opens, and the server never sees it', async () => {
    const { call, server } = await lockedRelay();
    const authorization = `Bearer ${token}`;
    expect((await call('/api/config', { authorization })).status).toBe(200);
    expect((await call('/relay/vllm/v1/models', { authorization })).status).toBe(200);
    expect(JSON.stringify(server.requests)).not.toContain(token);
  });

  it('the page gets a cookie that opens as well and says nothing about the token', async () => {
    const { call, server } = await lockedRelay();
    const reply = await call('/api/session', { authorization: `Bearer ${token}` }, 'POST');
    expect(reply.status).toBe(204);
    const setCookie = reply.headers.get('set-cookie') ?? '';
    expect(setCookie).toMatch(
      /^switchyard-\d+=\d+\.relay\.[\w-]+; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Strict$/,
    );
    expect(setCookie).not.toContain(token);
    const cookie = setCookie.split(';')[0] ?? '';
    for (const path of ['/api/config', '/relay/vllm/v1/models']) {
      expect((await call(path, { cookie: `theme=dark; ${cookie}` })).status).toBe(200);
    }
    expect((await call('/models/a.gguf', { cookie })).status).toBe(404);
    expect(server.requests.filter(({ headers }) => headers.cookie !== undefined)).toEqual([]);
    const tampered = cookie.replace(/=\d/, (text) => `=${(Number(text[1]) + 1) % 10}`);
    expect((await call('/api/config', { cookie: tampered })).status).toBe(401);
    // The cookie gets no new cookie: only the token itself does.
    expect((await call('/api/session', { cookie }, 'POST')).status).toBe(401);
  });

  it('a GET does not sign in', async () => {
    const { call } = await lockedRelay();
    expect((await call('/api/session', { authorization: `Bearer ${token}` })).status).toBe(405);
  });

  it('signing out makes the browser forget the cookie, whoever asks', async () => {
    const { call } = await lockedRelay();
    const reply = await call('/api/session', {}, 'DELETE');
    expect(reply.status).toBe(204);
    expect(reply.headers.get('set-cookie')).toMatch(
      /^switchyard-\d+=; Path=\/; Max-Age=0; HttpOnly; SameSite=Strict$/,
    );
    expect((await call('/api/session', { origin: 'https://evil.example' }, 'DELETE')).status).toBe(403);
  });

  it('the page is told the name it is signed in as', async () => {
    const { call } = await lockedRelay();
    const config = (await (await call('/api/config', { authorization: `Bearer ${token}` })).json()) as object;
    expect(config).toMatchObject({ signedInAs: 'relay' });
    const open = await runningRelay();
    expect(await (await fetch(`${open.url}/api/config`)).json()).not.toHaveProperty('signedInAs');
  });
});

describe('several tokens', () => {
  const ada = { name: 'ada', value: 'ada-token' };
  const bob = { name: 'bob', value: 'bob-token' };

  it('each opens, under its name, with a cookie of its own', async () => {
    const relay = await runningRelay({ tokens: [ada, bob] });
    for (const { name, value } of [ada, bob]) {
      const headers = { authorization: `Bearer ${value}` };
      const { headers: reply } = await fetch(`${relay.url}/api/session`, { method: 'POST', headers });
      const cookie = reply.get('set-cookie')?.split(';')[0] ?? '';
      const config = await fetch(`${relay.url}/api/config`, { headers: { cookie } });
      expect(await config.json()).toMatchObject({ signedInAs: name });
    }
  });

  it('a removed token takes its cookies along, and leaves those of others', () => {
    const before = new Session([ada, bob], 1);
    const after = new Session([bob], 1);
    const [adasCookie, bobsCookie] = [ada, bob].map(({ value }) => cookieOf(before, value));
    expect(before.callerOf(adasCookie ?? {})?.name).toBe('ada');
    expect(after.callerOf(adasCookie ?? {})).toBeUndefined();
    expect(after.callerOf(bobsCookie ?? {})?.name).toBe('bob');
    // The same name with a new value is another token.
    expect(new Session([{ ...ada, value: 'changed' }], 1).callerOf(adasCookie ?? {})).toBeUndefined();
  });

  it('a cookie that claims another name does not count', () => {
    const session = new Session([ada, bob], 1);
    const { cookie } = cookieOf(session, ada.value);
    expect(session.callerOf({ cookie: cookie.replace('.ada.', '.bob.') })).toBeUndefined();
    expect(session.callerOf({ cookie: cookie.replace('.ada.', '.eve.') })).toBeUndefined();
  });
});

describe('the cookie', () => {
  const tokens = [{ name: 'relay', value: token }];

  it('ends with its time, with another token and on another port', () => {
    vi.useFakeTimers();
    try {
      const session = new Session(tokens, 4173);
      const cookie = cookieOf(session, token);
      expect(session.callerOf(cookie)?.name).toBe('relay');
      expect(new Session([{ name: 'relay', value: 'another' }], 4173).callerOf(cookie)).toBeUndefined();
      expect(new Session(tokens, 4174).callerOf(cookie)).toBeUndefined();
      vi.advanceTimersByTime(31 * 24 * 3600 * 1000);
      expect(session.callerOf(cookie)).toBeUndefined();
    } finally {
      vi.useRealTimers();
    }
  });

  it('is for https only where the page came by https', async () => {
    const relay = await runningRelay({ tokens, allowedOrigins: ['https://chat.example'] });
    const headers = { authorization: `Bearer ${token}`, origin: 'https://chat.example' };
    const reply = await fetch(`${relay.url}/api/session`, { method: 'POST', headers });
    expect(reply.headers.get('set-cookie')).toMatch(/; Secure$/);
  });
});

function cookieOf(session: Session, value: string): { cookie: string } {
  const caller = session.bearerOf({ authorization: `Bearer ${value}` });
  return { cookie: (caller && session.newCookie(caller, false))?.split(';')[0] ?? '' };
}
