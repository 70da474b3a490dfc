/** Downloads to disk from a real server that cuts, delays, lies or has nothing. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { withDownloader } from '../../../../scripts/shared/with-downloader.mjs';
import { fakeServer } from '../../relay/support/fake-server';

const bytes = Buffer.concat([
  Buffer.from('GGUF'),
  Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251)),
]);
const sha256 = createHash('sha256').update(bytes).digest('hex');

let directory: string;
let target: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'switchyard-download-'));
  target = join(directory, 'folder', 'm.gguf');
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  onTestFinished(() => {
    vi.restoreAllMocks();
    rmSync(directory, { recursive: true });
  });
});

/** Answers requests in turn; the last one answers the rest. */
async function download(
  answers: readonly RequestListener[],
  more: { sha256?: string; patience?: number } = {},
) {
  let turn = 0;
  const server = await fakeServer((request, response) => {
    answers[Math.min(turn++, answers.length - 1)]?.(request, response);
  });
  const file = {
    path: 'm.gguf',
    sources: [`${server.url}/m.gguf`],
    bytes: bytes.length,
    ...('sha256' in more ? { sha256: more.sha256 } : { sha256 }),
  };
  const outcome = await withDownloader((fetchTo) =>
    fetchTo(file, target, more.patience === undefined ? {} : { patience: more.patience }),
  ).catch((thrown: unknown) => thrown);
  return { outcome, ranges: server.requests.map(({ headers }) => headers.range), requests: server.requests };
}

const startOf = ({ headers }: IncomingMessage): number =>
  Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);

const ranged: RequestListener = (request, response) => {
  const start = startOf(request);
  response.writeHead(start > 0 ? 206 : 200, { 'content-length': bytes.length - start });
  response.end(bytes.subarray(start));
};
/** Closes the connection after 100 kB. */
const cut: RequestListener = (request, response) => {
  const start = startOf(request);
  response.writeHead(start > 0 ? 206 : 200, { 'content-length': bytes.length - start });
  response.write(bytes.subarray(start, start + 100_000), () => setTimeout(() => response.destroy(), 50));
};
const status =
  (code: number, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(code, headers).end('no');

describe('a download to disk', () => {
  it('goes on where it was cut, and nothing comes twice', async () => {
    const { outcome, ranges } = await download([cut, cut, ranged]);
    expect(outcome).toBeUndefined();
    expect(readFileSync(target).equals(bytes)).toBe(true);
    expect(readdirSync(join(directory, 'folder'))).toEqual(['m.gguf']);
    expect(ranges).toEqual(['bytes=0-', 'bytes=100000-', 'bytes=200000-']);
  });

  it('goes on from what an earlier run left', async () => {
    await download([cut, status(404)]);
    expect(readFileSync(`${target}.part`).equals(bytes.subarray(0, 100_000))).toBe(true);
    const { outcome, ranges } = await download([ranged]);
    expect([outcome, ranges]).toEqual([undefined, ['bytes=100000-']]);
    expect(readFileSync(target).equals(bytes)).toBe(true);
  });

  it('comes back after 503 when the server asks for it', async () => {
    const { outcome, requests } = await download([status(503, { 'retry-after': '0' }), ranged]);
    expect([outcome, requests.length]).toEqual([undefined, 2]);
  });

  it('gives up a server that brings nothing, and says so', async () => {
    const { outcome, requests } = await download([status(503)], { patience: 1 });
    expect([requests.length, outcome]).toEqual([1, expect.any(Error)]);
    expect(String(outcome)).toContain('broke off');
  });

  it.each([
    ['a file that is not there', status(404), /m\.gguf is not on this server/],
    [
      'a web page in its place',
      (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>'),
      /A web page came instead of m\.gguf/,
    ],
    [
      'other bytes of the same length',
      (_request, response) => response.end(Buffer.concat([bytes.subarray(0, -1), Buffer.from('x')])),
      /SHA-256 differs/,
    ],
  ])('refuses %s', async (_name, answer, says) => {
    const { outcome } = await download([answer]);
    expect(String(outcome)).toMatch(says);
    expect(readdirSync(join(directory, 'folder')).filter((name) => !name.endsWith('.part'))).toEqual([]);
    expect((await download([ranged])).outcome).toBeUndefined();
  });

  it('starts anew where no hash would tell a mixture', async () => {
    await download([cut, status(404)]);
    writeFileSync(`${target}.part`, 'of another version');
    const { outcome, ranges } = await download([ranged], { sha256: undefined });
    expect([outcome, ranges]).toEqual([undefined, ['bytes=0-']]);
    expect(readFileSync(target).equals(bytes)).toBe(true);
  });
});
