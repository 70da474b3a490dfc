/**
 * The page's side of the lanes alone. In the relay's place stands a server that cuts, mixes up and breaks off as no
 * relay does; the HTTP between is real.
 */
import type { ServerResponse } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { encodeFrame, encodeJson } from '../../../../../relay/answers/encode-frame';
import { frameTypes, laneHeaders, relayPaths } from '../../../../../relay/contract';
import { BackendError } from '../../../../../src/core/backend-error';
import { LaneClient } from '../../../../../src/backends/shared/lanes/lane-client';
import { randomHex } from '../../../../../src/platform/random-hex';
import { fakeServer } from '../../../relay/support/fake-server';

interface Opened {
  readonly response: ServerResponse;
  /** What the page says it has. */
  readonly have: string | undefined;
}

const chatPath = '/relay/x/v1/chat/completions';

async function scriptedRelay({ keepMs = 60_000, opensAgain = true, accepts = true } = {}) {
  const channels: Opened[] = [];
  const server = await fakeServer((request, response) => {
    const { method, url, headers } = request;
    if (method === 'DELETE') return void response.writeHead(204).end();
    if (method === 'POST') {
      const head = accepts ? { [laneHeaders.answer]: headers[laneHeaders.answer] } : {};
      return void response.writeHead(accepts ? 202 : 200, head).end(accepts ? '' : 'by itself');
    }
    if (url !== relayPaths.answers || (channels.length > 0 && !opensAgain)) {
      return void response.writeHead(503).end();
    }
    response.writeHead(200, { [laneHeaders.keepMs]: String(keepMs) });
    response.write(encodeFrame(frameTypes.alive, '0'.repeat(32)));
    channels.push({ response, have: headers[laneHeaders.have]?.toString() });
  });
  const client = new LaneClient(server.url);
  return {
    /** The n-th connection of the channel. */
    channel: (number = 0) =>
      vi.waitFor(
        () => {
          const channel = channels[number];
          if (!channel) throw new Error('not opened yet');
          return channel;
        },
        { timeout: 5000 },
      ),
    ask: (id: string, signal?: AbortSignal, onConnection?: (isUp: boolean) => void) =>
      client.fetchFor({ id, isResumed: false, ...(onConnection && { onConnection }) })(
        server.url + chatPath,
        {
          method: 'POST',
          body: '{}',
          ...(signal && { signal }),
        },
      ),
    resume: (id: string) => client.fetchFor({ id, isResumed: true })(server.url + chatPath, {}),
    requests: server.requests,
    stops: () => server.requests.filter(({ method }) => method === 'DELETE').map(({ url }) => url),
    /** Resolves when the request of this answer was sent. */
    asked: (id: string) =>
      vi.waitFor(() =>
        expect(server.requests.some((one) => one.headers[laneHeaders.answer] === id)).toBe(true),
      ),
  };
}

const head = (id: string, from = 0): Buffer =>
  encodeFrame(frameTypes.head, id, encodeJson({ status: 200, headers: { 'x-lane': id }, from }));
const data = (id: string, bytes: Uint8Array | string): Buffer =>
  encodeFrame(frameTypes.data, id, typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
const end = (id: string): Buffer => encodeFrame(frameTypes.end, id);

/** Text of a body until it fails, and the failure. */
async function readUntilFailure(response: Response): Promise<{ text: string; thrown: unknown }> {
  let text = '';
  try {
    for await (const bytes of response.body ?? []) text += Buffer.from(bytes).toString('latin1');
  } catch (thrown) {
    return { text, thrown };
  }
  return { text, thrown: undefined };
}

describe('LaneClient', () => {
  it('puts two answers together from frames that take turns in any order and are cut at any byte', async () => {
    const relay = await scriptedRelay();
    const pieces = fc.array(fc.record({ isFirst: fc.boolean(), bytes: fc.uint8Array({ maxLength: 300 }) }), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(pieces, fc.array(fc.nat(5000), { maxLength: 12 }), async (turns, cuts) => {
        const [first, second] = [randomHex(16), randomHex(16)];
        const replies = Promise.all([relay.ask(first), relay.ask(second)]);
        await Promise.all([relay.asked(first), relay.asked(second)]);
        const { response } = await relay.channel();
        const wire = Buffer.concat([
          head(first),
          head(second),
          ...turns.map(({ isFirst, bytes }) => data(isFirst ? first : second, bytes)),
          end(second),
          end(first),
        ]);
        const places = [0, ...cuts.map((cut) => cut % wire.length).sort((a, b) => a - b), wire.length];
        for (const [at, place] of places.entries()) {
          response.write(wire.subarray(places[at - 1] ?? 0, place));
          // So that the pieces arrive apart.
          await new Promise((resolve) => setImmediate(resolve));
        }
        const wanted = (wantsFirst: boolean): Buffer =>
          Buffer.concat(turns.filter(({ isFirst }) => isFirst === wantsFirst).map(({ bytes }) => bytes));
        const [one, other] = await replies;
        expect(one.headers.get('x-lane')).toBe(first);
        expect(Buffer.from(await one.arrayBuffer()).equals(wanted(true))).toBe(true);
        expect(Buffer.from(await other.arrayBuffer()).equals(wanted(false))).toBe(true);
      }),
      { numRuns: 40 },
    );
    expect(relay.stops()).toEqual([]);
  });

  it('stops one answer and not the other, and drops what still comes of it', async () => {
    const relay = await scriptedRelay();
    const [stopped, other] = [randomHex(16), randomHex(16)];
    const abort = new AbortController();
    const replies = Promise.all([relay.ask(stopped, abort.signal), relay.ask(other)]);
    const { response } = await relay.channel();
    response.write(Buffer.concat([head(stopped), head(other), data(stopped, 'a'), data(other, 'x')]));
    const [one, two] = await replies;
    const read = readUntilFailure(one);
    abort.abort();
    expect(await read).toMatchObject({ thrown: { name: 'AbortError' } });
    await vi.waitFor(() => expect(relay.stops()).toEqual([`${relayPaths.answers}/${stopped}`]));
    response.write(Buffer.concat([data(stopped, 'b'), data(other, 'y'), end(stopped), end(other)]));
    expect(await two.text()).toBe('xy');
    expect(relay.stops()).toHaveLength(1);
  });

  it('asks nothing when it was stopped before', async () => {
    const relay = await scriptedRelay();
    await expect(relay.ask(randomHex(16), AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    expect(relay.requests).toEqual([]);
  });

  it('leaves frames alone that belong to no answer of this page, or are of no known type', async () => {
    const relay = await scriptedRelay();
    const id = randomHex(16);
    const reply = relay.ask(id);
    const { response } = await relay.channel();
    const stranger = randomHex(16);
    const unknownType = data(id, 'zzz');
    unknownType.writeUInt8(9, 0);
    const strangers = [head(stranger), data(stranger, 'not ours'), end(stranger)];
    response.write(Buffer.concat([...strangers, head(id), unknownType, data(id, 'ours'), end(id)]));
    expect(await (await reply).text()).toBe('ours');
    expect(relay.stops()).toEqual([]);
  });

  it('opens a lost channel again, says what it has, and goes on there', async () => {
    const relay = await scriptedRelay();
    const id = randomHex(16);
    const told: boolean[] = [];
    const reply = relay.ask(id, undefined, (isUp) => told.push(isUp));
    await relay.asked(id);
    const first = await relay.channel();
    first.response.write(Buffer.concat([head(id), data(id, 'one ')]));
    const response = await reply;
    const reader = response.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('one ');
    // In the middle of a frame, of which the page then has nothing.
    first.response.write(data(id, 'two').subarray(0, 22));
    setTimeout(() => first.response.destroy(), 20);
    const second = await relay.channel(1);
    expect(second.have).toBe(`${id}@4`);
    expect(told[0]).toBe(false);
    second.response.write(Buffer.concat([head(id, 4), data(id, 'two'), end(id)]));
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('two');
    expect((await reader?.read())?.done).toBe(true);
    expect(told).toEqual([false, true]);
  });

  it('does so when the channel brings something else than frames', async () => {
    const relay = await scriptedRelay();
    const id = randomHex(16);
    const reply = relay.ask(id);
    const first = await relay.channel();
    first.response.write('<!doctype html><title>Sign in to the network</title>');
    const second = await relay.channel(1);
    expect(second.have).toContain(id);
    second.response.write(Buffer.concat([head(id), data(id, 'whole'), end(id)]));
    expect(await (await reply).text()).toBe('whole');
  });

  it('fails every answer, after what had come, when the channel does not come back in time', async () => {
    const relay = await scriptedRelay({ keepMs: 300, opensAgain: false });
    const ids = [randomHex(16), randomHex(16)];
    const replies = Promise.all(ids.map((id) => relay.ask(id)));
    const { response } = await relay.channel();
    response.write(Buffer.concat(ids.flatMap((id) => [head(id), data(id, 'half')])));
    const bodies = (await replies).map(readUntilFailure);
    await new Promise((resolve) => setTimeout(resolve, 50));
    response.destroy();
    for (const { text, thrown } of await Promise.all(bodies)) {
      expect(text).toBe('half');
      expect(thrown).toBeInstanceOf(BackendError);
      expect(thrown).toMatchObject({ code: 'unreachable' });
    }
    expect(relay.stops()).toEqual([]);
  });

  it('ends an answer that goes on at another place than it was left, and tells the relay', async () => {
    const relay = await scriptedRelay();
    const id = randomHex(16);
    const reply = relay.ask(id);
    const { response } = await relay.channel();
    response.write(Buffer.concat([head(id), data(id, 'abc'), head(id, 2)]));
    const { thrown } = await readUntilFailure(await reply);
    expect(thrown).toMatchObject({ code: 'malformed-stream' });
    await vi.waitFor(() => expect(relay.stops()).toEqual([`${relayPaths.answers}/${id}`]));
  });

  it('passes on a failure that the relay tells, and what had come before', async () => {
    const relay = await scriptedRelay();
    const id = randomHex(16);
    const reply = relay.ask(id);
    const { response } = await relay.channel();
    const failure = encodeJson({ error: { code: 'malformed-stream', message: 'The server broke off.' } });
    response.write(Buffer.concat([head(id), data(id, 'half'), encodeFrame(frameTypes.error, id, failure)]));
    const { text, thrown } = await readUntilFailure(await reply);
    expect(text).toBe('half');
    expect(thrown).toMatchObject({ code: 'malformed-stream', message: 'The server broke off.' });
  });

  it('takes the reply of a relay that knows no lanes as it is', async () => {
    const relay = await scriptedRelay({ accepts: false });
    const reply = await relay.ask(randomHex(16));
    expect([reply.status, await reply.text()]).toEqual([200, 'by itself']);
  });

  it('asks for an answer that is under way by its id, and sends no question', async () => {
    const relay = await scriptedRelay();
    const id = randomHex(16);
    const reply = relay.resume(id);
    const { response } = await relay.channel();
    await relay.asked(id);
    response.write(Buffer.concat([head(id), data(id, 'all'), end(id)]));
    expect(await (await reply).text()).toBe('all');
    const posts = relay.requests.filter(({ method }) => method === 'POST');
    expect(posts).toMatchObject([{ url: `${relayPaths.answers}/${id}`, body: '' }]);
  });
});
