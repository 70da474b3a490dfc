import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { Pool } from 'undici';
import { readWithoutStream } from '../../../../relay/upstreams/read-without-stream';

const head = 'HTTP/1.1 200 OK\r\nx-name: a-long-header-value\r\ntransfer-encoding: chunked\r\n\r\n';
const frame = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;
const end = '0\r\n\r\n';

let server: Server | undefined;
let pool: Pool | undefined;

afterEach(async () => {
  await pool?.destroy();
  server?.close();
});

/** Answers every request by `answer`, on a socket of its own each. */
async function poolTo(answer: (socket: Socket, path: string) => void): Promise<Pool> {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data) => answer(socket, /^GET (\S+)/.exec(data.toString())?.[1] ?? ''));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  pool = new Pool(`http://127.0.0.1:${address.port}`, { connect: { onread: readWithoutStream } });
  return pool;
}

async function pieces(socket: Socket, texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    socket.write(text);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

test('an answer that is cut at every byte arrives whole, its head included', async () => {
  const text = head + frame('hello') + frame('world') + end;
  const to = await poolTo((socket) => void pieces(socket, text.split(/(?=[^])/)));
  const { headers, body } = await to.request({ path: '/', method: 'GET' });
  expect(headers['x-name']).toBe('a-long-header-value');
  expect(await body.text()).toBe('helloworld');
});

test('answers that come at the same time are not mixed up', async () => {
  const to = await poolTo((socket, path) => {
    const frames = Array.from({ length: 20 }, (_, index) => frame(`${path}${index};`));
    void pieces(socket, [head, ...frames, end]);
  });
  const asked = Array.from({ length: 30 }, async (_, index) => {
    const { body } = await to.request({ path: `/${index}_`, method: 'GET' });
    return body.text();
  });
  for (const [index, text] of (await Promise.all(asked)).entries()) {
    expect(text).toBe(Array.from({ length: 20 }, (_, part) => `/${index}_${part};`).join(''));
  }
});

test('a reader that pauses gets everything in order, and the server is made to wait', async () => {
  const block = 'x'.repeat(65_536);
  const count = 800;
  let written = 0;
  const to = await poolTo((socket) => {
    const more = (): void => {
      while (written < count) {
        written++;
        if (!socket.write(frame(`${String(written).padStart(8)}${block}`)))
          return void socket.once('drain', more);
      }
      socket.write(end);
    };
    socket.write(head);
    more();
  });
  const { body } = await to.request({ path: '/', method: 'GET' });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(written).toBeLessThan(count);
  const text = await body.text();
  expect(text).toHaveLength(count * (block.length + 8));
  for (let index = 0; index < count; index++) {
    expect(Number(text.slice(index * (block.length + 8), index * (block.length + 8) + 8))).toBe(index + 1);
  }
});

test('a server that goes away in the middle is told as such, after what it had sent', async () => {
  const to = await poolTo((socket) => {
    socket.write(head + frame('only this'));
    setTimeout(() => socket.destroy(), 30);
  });
  const { body } = await to.request({ path: '/', method: 'GET' });
  let got = '';
  await expect(async () => {
    for await (const chunk of body) got += String(chunk);
  }).rejects.toThrow();
  expect(got).toBe('only this');
});
