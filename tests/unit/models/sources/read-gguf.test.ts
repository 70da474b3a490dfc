/** GGUF headers of a real file, of damaged ones and of servers of every kind. */
import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { readGguf } from '../../../../src/models/sources/read-gguf';
import { fakeServer } from '../../relay/support/fake-server';
import { answers } from './hub-server';
import { ggufHeader, longListPair, longTextPair, numberPair, textPair, tinyGguf } from './tiny-gguf';

const { signal } = new AbortController();
const read = (content: Buffer) => readGguf(new Blob([Uint8Array.from(content)]), signal);
const tinyFacts = { contextLength: 1024, shape: { layers: 2, keyValueHeads: 2, headSize: 32 } };

describe('a file', () => {
  it('tells what it is', async () => {
    const facts = await read(tinyGguf);
    expect(facts).toMatchObject(tinyFacts);
    expect(facts.leastBytes).toBeLessThanOrEqual(tinyGguf.length);
    // Only the last tensor lies behind it.
    expect(facts.leastBytes).toBeGreaterThan(tinyGguf.length * 0.9);
  });

  it('may write its numbers with 64 bits', async () => {
    const pairs = [
      textPair('general.architecture', 'llama'),
      textPair('general.name', 'Wide'),
      numberPair('llama.context_length', 4096n, 'uint64'),
      numberPair('llama.block_count', 3n, 'uint32'),
      numberPair('llama.attention.head_count', 4n, 'uint32'),
      numberPair('llama.embedding_length', 64n, 'uint64'),
    ];
    expect(await read(ggufHeader(0n, BigInt(pairs.length), ...pairs))).toMatchObject({
      name: 'Wide',
      contextLength: 4096,
      shape: { layers: 3, keyValueHeads: 4, headSize: 16 },
    });
  });

  it.each([
    ['inside its header', 3000],
    ['after its magic', 4],
    ['in the middle of its weights', tinyGguf.length / 2],
  ])('that is cut %s is never taken for a whole one', async (_where, bytes) => {
    const cut = tinyGguf.subarray(0, bytes);
    const outcome = await read(cut).then(
      ({ leastBytes }) => leastBytes > cut.length,
      (thrown: unknown) => (thrown as { code: unknown }).code === 'load-failed',
    );
    expect(outcome).toBe(true);
  });

  it.each([
    ['is empty', Buffer.alloc(0)],
    ['is a web page', Buffer.from('<!doctype html><title>Sign in</title>')],
    ['has a version that nobody knows', Buffer.concat([Buffer.from('GGUF'), Buffer.alloc(60, 99)])],
    ['claims 2^60 keys', ggufHeader(0n, 1n << 60n)],
    ['claims 2^60 tensors', ggufHeader(1n << 60n, 0n)],
    ['claims a string of 2^50 bytes', ggufHeader(0n, 1n, longTextPair('general.name', 1n << 50n))],
    [
      'claims a string that ends behind the file',
      ggufHeader(0n, 1n, longTextPair('general.name', 50_000_000n)),
    ],
    ['claims a list of 2^50 entries', ggufHeader(0n, 1n, longListPair('tokenizer.ggml.scores', 1n << 50n))],
    ['claims a list that ends behind the file', ggufHeader(0n, 1n, longListPair('x', 8_000_000n))],
  ])('that %s is refused', async (_what, content) => {
    await expect(read(content)).rejects.toMatchObject({
      code: 'load-failed',
      detail: { hint: expect.stringContaining('Download it again') as string },
    });
  });
});

describe('an address', () => {
  const at = async (answer: RequestListener) => {
    const server = await fakeServer(answer);
    return { url: `${server.url}/m.gguf`, requests: server.requests };
  };

  it('is read by ranges', async () => {
    const { url, requests } = await at(answers({ '/m.gguf': tinyGguf }));
    expect(await readGguf(url, signal)).toMatchObject(tinyFacts);
    expect(requests.map(({ headers }) => headers.range)).toEqual([expect.stringMatching(/^bytes=0-\d+$/)]);
  });

  it('whose server knows no ranges is left when the header is here', async () => {
    let sent = 0;
    const limit = 200_000_000;
    let isLeft = false;
    const { url } = await at((_request, response) => {
      response.on('close', () => (isLeft = true));
      response.writeHead(200, { 'content-length': limit });
      const zeros = Buffer.alloc(1 << 20);
      const send = (content: Buffer): void => {
        sent += content.length;
        if (sent < limit) response.write(content, (error) => error ?? setImmediate(send, zeros));
      };
      send(tinyGguf);
    });
    expect(await readGguf(url, signal)).toMatchObject(tinyFacts);
    await expect.poll(() => isLeft).toBe(true);
    expect(sent).toBeLessThan(limit / 2);
  });

  it.each<[string, RequestListener]>([
    ['is not there', answers({})],
    ['is a web page', answers({ '/m.gguf': Buffer.from('<!doctype html><title>Sign in</title>') })],
    ['breaks off', (_request, response) => response.socket?.destroy()],
  ])('that %s is refused', async (_what, answer) => {
    const { url } = await at(answer);
    await expect(readGguf(url, signal)).rejects.toMatchObject({ code: 'load-failed' });
  });

  it('ends with the reason of its signal', async () => {
    const controller = new AbortController();
    const { url } = await at(() => controller.abort(new Error('stopped')));
    await expect(readGguf(url, controller.signal)).rejects.toThrow('stopped');
  });
});
