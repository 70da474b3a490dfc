/** Answers over a channel, through a real relay: begun, cut, gone on with, stopped, forgotten. */
import type { ServerResponse } from 'node:http';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { laneHeaders } from '../../../../relay/contract';
import type { RelaySettings } from '../../../../relay/settings/settings';
import { fakeServer } from '../support/fake-server';
import { lanePage, newId } from '../support/lane-page';
import { runningRelay } from '../support/running-relay';
import { upstreamOf } from '../support/settings';

const chat = 'vllm/v1/chat/completions';

/** A server that answers with what the test writes. */
async function openServer(settings: Partial<RelaySettings> = {}, kind: 'vllm' | 'instructlab' = 'vllm') {
  const streams: ServerResponse[] = [];
  const closed: number[] = [];
  const server = await fakeServer((request, response) => {
    if (request.method !== 'POST') return void response.writeHead(404).end();
    const number = streams.push(response) - 1;
    response.on('close', () => closed.push(number));
    response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'r1' });
    response.flushHeaders();
  });
  const relay = await runningRelay({ upstreams: [upstreamOf(kind, server.url)], ...settings });
  const stream = (number = 0): Promise<ServerResponse> =>
    vi.waitFor(() => {
      const found = streams[number];
      if (!found) throw new Error('not asked yet');
      return found;
    });
  return { server, relay, streams, stream, closed };
}

/** A page with an answer that is on its way: the server has written `text` of it, and the page has that. */
async function answerUnderway(text = '', settings: Partial<RelaySettings> = {}) {
  const opened = await openServer(settings);
  const page = lanePage(opened.relay.url);
  await page.open();
  const id = newId();
  await page.begin(chat, id);
  if (text) {
    (await opened.stream()).write(text);
    await vi.waitFor(() => expect(page.received(id).text).toBe(text));
  }
  return { ...opened, page, id };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 50));

describe('an answer over a channel', () => {
  it('is accepted at once, comes with head and end, and its bytes are those of the server', async () => {
    const { relay, stream, server } = await openServer();
    const page = lanePage(relay.url);
    await page.open();
    const id = newId();
    const reply = await page.begin(chat, id, '{"model":"m"}');
    expect(reply.status).toBe(202);
    expect(reply.headers.get(laneHeaders.answer)).toBe(id);
    const answer = page.received(id);
    (await stream()).write('data: Grü');
    await vi.waitFor(() => expect(answer.text).toBe('data: Grü'));
    (await stream()).end('ße\n\n');
    await vi.waitFor(() => expect(answer.ending).toBe('end'));
    expect(answer.text).toBe('data: Grüße\n\n');
    const headers = { 'content-type': 'text/event-stream', 'x-request-id': 'r1' };
    expect(answer.heads).toEqual([{ status: 200, headers, from: 0 }]);
    expect(server.requests[0]?.body).toBe('{"model":"m"}');
    // Nobody could decode it on the other side.
    expect(server.requests[0]?.headers['accept-encoding']).toBeUndefined();
  });

  it('holds up the end of the relay, which an idle channel does not', async () => {
    const { relay, stream } = await openServer();
    const page = lanePage(relay.url);
    await page.open();
    expect(relay.runningRequests).toBe(0);
    const id = newId();
    await page.begin(chat, id);
    const answer = page.received(id);
    (await stream()).write('one ');
    await vi.waitFor(() => expect(relay.runningRequests).toBe(1));
    const drained = relay.drain(60_000);
    (await stream()).end('two');
    await vi.waitFor(() => expect(answer).toMatchObject({ text: 'one two', ending: 'end' }));
    await drained;
  });

  it('waits for the channel when it is faster', async () => {
    const { relay, stream } = await openServer();
    const page = lanePage(relay.url);
    const id = newId();
    await page.begin(chat, id);
    (await stream()).end('all');
    await settled();
    await page.open();
    await vi.waitFor(() => expect(page.received(id)).toMatchObject({ text: 'all', ending: 'end' }));
  });

  it('tells a refusal of the server with its status and its Retry-After', async () => {
    const server = await fakeServer((_, response) => {
      response
        .writeHead(429, { 'content-type': 'application/json', 'retry-after': '12' })
        .end('{"error":"slow"}');
    });
    const relay = await runningRelay({ upstreams: [upstreamOf('vllm', server.url)] });
    const page = lanePage(relay.url);
    await page.open();
    const id = newId();
    await page.begin(chat, id);
    await vi.waitFor(() => expect(page.received(id).ending).toBe('end'));
    const headers = { 'content-type': 'application/json', 'retry-after': '12' };
    expect(page.received(id)).toMatchObject({ text: '{"error":"slow"}', heads: [{ status: 429, headers }] });
  });

  it('tells that nobody answers as the plain way does', async () => {
    const relay = await runningRelay({ upstreams: [upstreamOf('vllm', 'http://127.0.0.1:9')] });
    const page = lanePage(relay.url);
    await page.open();
    const id = newId();
    await page.begin(chat, id);
    await vi.waitFor(() => expect(page.received(id).ending).toBe('end'));
    expect(page.received(id).heads[0]?.status).toBe(502);
    expect(JSON.parse(page.received(id).text)).toMatchObject({ error: { code: 'unreachable' } });
  });

  it('says so when the server breaks off, after what had come', async () => {
    const { stream, page, id } = await answerUnderway('half');
    (await stream()).destroy();
    await vi.waitFor(() => expect(page.received(id).ending).toMatchObject({ code: 'malformed-stream' }));
  });

  it('is stopped: the server sees its connection closed, and nothing is kept', async () => {
    const { closed, page, id } = await answerUnderway('half');
    expect((await page.stop(id)).status).toBe(204);
    await vi.waitFor(() => expect(closed).toEqual([0]));
    expect((await page.resume(id)).status).toBe(404);
  });

  it('is not begun when its stop came first', async () => {
    const { relay, streams } = await openServer();
    const page = lanePage(relay.url);
    const id = newId();
    await page.stop(id);
    expect((await page.begin(chat, id)).status).toBe(409);
    await settled();
    expect(streams).toHaveLength(0);
  });
});

describe('a channel that breaks', () => {
  it('goes on from every byte: nothing lost, nothing twice', async () => {
    const { stream, page, id } = await answerUnderway();
    const expected: string[] = [];
    for (let round = 0; round < 8; round++) {
      const piece = `data: ${round} ${'x'.repeat(round * 700)}\n\n`;
      expected.push(piece);
      (await stream()).write(piece);
      if (round % 2 === 0) await vi.waitFor(() => expect(page.received(id).text).toBe(expected.join('')));
      page.cut();
      await settled();
      await page.open(`${id}@${Buffer.byteLength(page.received(id).text)}`);
    }
    (await stream()).end();
    await vi.waitFor(() => expect(page.received(id).ending).toBe('end'));
    expect(page.received(id).text).toBe(expected.join(''));
  });

  it('is replaced by the next one of the same page, also when the relay has not noticed', async () => {
    const { stream, page, id } = await answerUnderway('ab');
    await page.open(`${id}@2`);
    (await stream()).end('cd');
    await vi.waitFor(() => expect(page.received(id).ending).toBe('end'));
    expect(page.received(id).text).toBe('abcd');
  });

  it('loses an answer that the relay does not know, and says so', async () => {
    const { relay } = await openServer();
    const page = lanePage(relay.url);
    const id = newId();
    await page.open(`${id}@10`);
    await vi.waitFor(() => expect(page.received(id).ending).toMatchObject({ code: 'malformed-stream' }));
  });

  it('waits for an answer whose request is still on its way', async () => {
    const { relay, stream } = await openServer();
    const page = lanePage(relay.url);
    const id = newId();
    await page.open(`${id}~0`);
    await settled();
    expect(page.received(id).ending).toBeUndefined();
    await page.begin(chat, id);
    (await stream()).end('all');
    await vi.waitFor(() => expect(page.received(id)).toMatchObject({ text: 'all', ending: 'end' }));
  });
});

describe('an answer whose page has gone', () => {
  it('comes from its first byte in the page that was loaded again, running or done', async () => {
    const { relay, stream, page: before, id } = await answerUnderway('first ');
    before.cut();
    const after = lanePage(relay.url);
    expect((await after.resume(id)).status).toBe(202);
    await after.open();
    await vi.waitFor(() => expect(after.received(id).text).toBe('first '));
    (await stream()).end('second');
    await vi.waitFor(() => expect(after.received(id)).toMatchObject({ text: 'first second', ending: 'end' }));
    // A page asks for its channel at the same time, and names the answer there, too.
    const both = lanePage(relay.url);
    await both.open(`${id}~0`);
    await vi.waitFor(() => expect(both.received(id).ending).toBe('end'));
    const running = newId();
    await before.begin(chat, running);
    (await stream(1)).write('once');
    await both.open(`${running}~0`);
    await vi.waitFor(() => expect(both.received(running).text).toBe('once'));
    expect((await both.resume(running)).status).toBe(202);
    (await stream(1)).end();
    await vi.waitFor(() => expect(both.received(running).ending).toBe('end'));
    expect(both.received(running)).toMatchObject({ text: 'once', heads: [{ from: 0 }] });
    const third = lanePage(relay.url);
    await third.open();
    await third.resume(id);
    await vi.waitFor(() => expect(third.received(id)).toMatchObject({ text: 'first second', ending: 'end' }));
  });

  it('is given up when its time is over', async () => {
    const { relay, closed, page, id } = await answerUnderway('half', { keepAnswerMs: 200 });
    page.cut();
    await vi.waitFor(() => expect(closed).toEqual([0]), { timeout: 5000 });
    expect((await lanePage(relay.url).resume(id)).status).toBe(404);
  });

  it('ends with its page where nothing is to be kept', async () => {
    const { relay, stream, closed } = await openServer({ keepAnswerMs: 0 });
    const page = lanePage(relay.url);
    expect((await page.open()).headers.get(laneHeaders.keepMs)).toBe('0');
    const [id, other] = [newId(), newId()];
    await page.begin(chat, id);
    (await stream()).write('half');
    await vi.waitFor(() => expect(page.received(id).text).toBe('half'));
    expect((await lanePage(relay.url).resume(id)).status, 'what was delivered is gone').toBe(410);
    await page.begin(chat, other);
    (await stream(1)).end('whole');
    await vi.waitFor(() => expect(page.received(other).ending).toBe('end'));
    expect((await lanePage(relay.url).resume(other)).status).toBe(404);
    page.cut();
    await vi.waitFor(() => expect(closed).toContain(0));
  });
});

describe('memory', () => {
  it('is bounded: a page that does not read makes the server wait, and gets every byte later', async () => {
    const { relay, stream } = await openServer({ keepAnswerBytes: 1024 * 1024 });
    const page = lanePage(relay.url);
    const id = newId();
    await page.begin(chat, id);
    const upstream = await stream();
    const block = Buffer.alloc(64 * 1024, 'x');
    let sent = 0;
    let isDone = false;
    const pump = (): void => {
      while (sent < 320) {
        sent++;
        if (!upstream.write(block)) return void upstream.once('drain', pump);
      }
      upstream.end();
      isDone = true;
    };
    pump();
    await new Promise((resolve) => setTimeout(resolve, 500));
    // 20 MiB are more than the relay's 128 KiB and what sockets hold on this machine.
    expect(isDone).toBe(false);
    await page.open();
    await vi.waitFor(() => expect(page.received(id).ending).toBe('end'), { timeout: 20_000 });
    expect(page.received(id).text.length).toBe(320 * 64 * 1024);
    expect((await lanePage(relay.url).resume(id)).status, 'its beginning was let go').toBe(410);
  });
});

describe('who may', () => {
  const id = newId();
  it.each([
    ['a foreign page', { origin: 'https://evil.example' }, 403],
    ['another host name', { host: 'evil.example' }, 403],
    ['a caller without the token', {}, 401],
  ])('refuses %s on every route', async (_, headers, status) => {
    const { relay, streams } = await openServer({ tokens: [{ name: 'ann', value: 'secret-token' }] });
    const { request } = await import('node:http');
    const ask = (method: string, path: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const lane = { [laneHeaders.answer]: id, [laneHeaders.channel]: newId() };
        const asked = request(relay.url + path, { method, headers: { ...lane, ...headers } }, (reply) => {
          reply.resume();
          resolve(reply.statusCode);
        });
        asked.on('error', reject).end();
      });
    expect(await ask('GET', '/api/answers')).toBe(status);
    expect(await ask('POST', `/api/answers/${id}`)).toBe(status);
    expect(await ask('DELETE', `/api/answers/${id}`)).toBe(status);
    expect(await ask('POST', `/relay/${chat}`)).toBe(status);
    expect(streams).toHaveLength(0);
  });

  it('gives an answer only to the caller who began it', async () => {
    const tokens = [
      { name: 'ann', value: 'secret-token' },
      { name: 'bob', value: 'other-token' },
    ];
    const { relay, stream, closed } = await openServer({ tokens });
    const bearer = { authorization: 'Bearer secret-token' };
    const signIn = await fetch(`${relay.url}/api/session`, { method: 'POST', headers: bearer });
    const cookie = signIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    const owner = lanePage(relay.url, { cookie });
    const other = lanePage(relay.url, { authorization: 'Bearer other-token' });
    await owner.open();
    const mine = newId();
    expect((await owner.begin(chat, mine)).status).toBe(202);
    (await stream()).write('mine');
    await vi.waitFor(() => expect(owner.received(mine).text).toBe('mine'));
    expect((await other.resume(mine)).status).toBe(404);
    await other.open(`${mine}@0`);
    await other.stop(mine);
    await vi.waitFor(() => expect(other.received(mine).ending).toBeDefined());
    expect(other.received(mine).text).toBe('');
    expect(closed).toEqual([]);
  });

  it('takes no ids but such as nobody guesses, and none twice', async () => {
    const { relay } = await openServer();
    const page = lanePage(relay.url);
    expect((await page.begin(chat, '1')).status).toBe(400);
    expect((await page.open('1@0')).status).toBe(400);
    expect((await page.stop('1')).status).toBe(400);
    const mine = newId();
    expect((await page.begin(chat, mine)).status).toBe(202);
    expect((await page.begin(chat, mine)).status).toBe(409);
    const later = newId();
    expect((await page.begin('nowhere/v1/chat/completions', later)).status).toBe(404);
    expect((await page.begin('vllm/v1/secret', later)).status).toBe(403);
    expect((await page.begin(chat, later, 'x'.repeat(2 * 1024 * 1024))).status).toBe(413);
  });
});

describe('a token that may run one request at a time', () => {
  it('counts an answer over a channel until it is over, not until it is accepted', async () => {
    const tokens = [{ name: 'ann', value: 'secret-token', concurrent: 1 }];
    const { relay, stream } = await openServer({ tokens });
    const page = lanePage(relay.url, { authorization: 'Bearer secret-token' });
    await page.open();
    const first = newId();
    expect((await page.begin(chat, first)).status).toBe(202);
    const refused = await page.begin(chat, newId());
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5']);
    (await stream()).end('one');
    await vi.waitFor(() => expect(page.received(first).ending).toBe('end'));
    expect((await page.begin(chat, newId())).status).toBe(202);
  });
});

describe('without lanes', () => {
  it('a request that asks for one is answered by itself, which the page understands', async () => {
    const { relay, stream } = await openServer({ hasLanes: false });
    const page = lanePage(relay.url);
    expect((await page.open()).status).toBe(404);
    const reply = page.begin(chat, newId());
    (await stream()).end('all');
    expect((await reply).headers.get(laneHeaders.answer)).toBeNull();
    expect(await (await reply).text()).toBe('all');
  });
});

describe('InstructLab over a channel', () => {
  it('still gets one request at a time, whichever way they come', async () => {
    const { relay, stream, streams } = await openServer({}, 'instructlab');
    const page = lanePage(relay.url);
    await page.open();
    const path = 'instructlab/v1/chat/completions';
    const [first, second] = [newId(), newId()];
    await page.begin(path, first);
    await stream();
    await page.begin(path, second);
    const plain = fetch(`${relay.url}/relay/${path}`, { method: 'POST', body: '{}' });
    await settled();
    expect(streams).toHaveLength(1);
    await page.stop(first);
    (await stream(1)).end('two');
    await vi.waitFor(() => expect(page.received(second).text).toBe('two'));
    (await stream(2)).end('three');
    expect(await (await plain).text()).toBe('three');
  });
});

describe('the plain way', () => {
  it('keeps nothing: an abort closes the server at once, with a channel open beside it', async () => {
    const { relay, stream, closed } = await openServer();
    const page = lanePage(relay.url);
    await page.open();
    const abort = new AbortController();
    onTestFinished(() => abort.abort());
    const reply = await fetch(`${relay.url}/relay/${chat}`, {
      method: 'POST',
      body: '{}',
      signal: abort.signal,
    });
    (await stream()).write('half');
    await reply.body?.getReader().read();
    abort.abort();
    await vi.waitFor(() => expect(closed).toEqual([0]));
  });
});
