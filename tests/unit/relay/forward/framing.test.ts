/** Frames on the wire, read by a client that sees every byte: order, framing, and who waits for whom. */
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { fakeServer } from '../support/fake-server';
import { runningRelay } from '../support/running-relay';
import { upstreamOf } from '../support/settings';

/** The body says the word, how often, and the milliseconds between two of them. */
interface Asked {
  readonly word: string;
  readonly times: number;
  readonly everyMs: number;
}

async function relayOfWords() {
  const server = await fakeServer((request, response) => {
    const { word, times, everyMs } = JSON.parse(noted(request.url)) as Asked;
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    let left = times;
    const timer = setInterval(() => {
      response.write(word);
      if (--left > 0) return;
      clearInterval(timer);
      response.end();
    }, everyMs);
  });
  return runningRelay({ upstreams: [upstreamOf('vllm', server.url)] });
}

const noted = (url = ''): string => decodeURIComponent(url.split('?asked=')[1] ?? '');

function request(asked: Asked, version: string, connection: string): string {
  const path = `/relay/vllm/v1/chat/completions?asked=${encodeURIComponent(JSON.stringify(asked))}`;
  return `POST ${path} HTTP/${version}\r\nHost: localhost\r\nContent-Length: 2\r\nConnection: ${connection}\r\n\r\n{}`;
}

/** Everything that comes until the connection ends. */
function exchange(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(bytes));
    let text = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
    socket.on('error', reject).on('end', () => resolve(text));
  });
}

/** Bodies of the replies, one after the other, each chunk as it was framed. */
function chunksOf(wire: string): string[][] {
  return wire
    .split(/HTTP\/1\.1 200 OK\r\n/)
    .slice(1)
    .map((reply) => {
      const chunks: string[] = [];
      let rest = reply.slice(reply.indexOf('\r\n\r\n') + 4);
      for (;;) {
        const [, size = '', after = ''] = /^([0-9a-f]+)\r\n([\s\S]*)$/.exec(rest) ?? [];
        const length = parseInt(size, 16);
        if (!length) return chunks;
        chunks.push(after.slice(0, length));
        expect(after.slice(length, length + 2)).toBe('\r\n');
        rest = after.slice(length + 2);
      }
    });
}

describe('frames on the wire', () => {
  it('frames each chunk of the server as one', async () => {
    const { port } = await relayOfWords();
    const wire = await exchange(
      port,
      request({ word: 'data: ä\n\n', times: 3, everyMs: 20 }, '1.1', 'close'),
    );
    const frame = Buffer.from('data: ä\n\n').toString('latin1');
    expect(chunksOf(wire)).toEqual([[frame, frame, frame]]);
    expect(wire.endsWith('\r\n0\r\n\r\n')).toBe(true);
  });

  it('keeps the order of requests that were sent at once on one connection', async () => {
    const { port } = await relayOfWords();
    const slow = request({ word: 'slow', times: 5, everyMs: 40 }, '1.1', 'keep-alive');
    const quick = request({ word: 'quick', times: 5, everyMs: 2 }, '1.1', 'close');
    const bodies = chunksOf(await exchange(port, slow + quick)).map((chunks) => chunks.join(''));
    expect(bodies).toEqual(['slow'.repeat(5), 'quick'.repeat(5)]);
  });

  it('frames nothing for a client that knows no chunks', async () => {
    const { port } = await relayOfWords();
    const wire = await exchange(port, request({ word: 'word', times: 3, everyMs: 10 }, '1.0', 'close'));
    expect(wire.slice(wire.indexOf('\r\n\r\n') + 4)).toBe('wordwordword');
  });
});
