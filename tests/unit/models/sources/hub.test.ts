/** The hub's lists over real HTTP: pages, hashes, mirrors, and servers that are no hub. */
import type { RequestListener } from 'node:http';
import { expect, it } from 'vitest';
import type { BackendError } from '../../../../src/core/backend-error';
import { hubAddress, listRepository, sourcesOf } from '../../../../src/models/sources/hub';
import { fakeServer } from '../../relay/support/fake-server';
import { answers, entry, standInForHub, unplugHub } from './hub-server';

const tree = '/api/models/owner/name/tree/main';
const sha256 = 'ab'.repeat(32);
const { signal } = new AbortController();
const list = (mirror?: string) => listRepository('owner/name', 'main', { mirror }, signal);
const failure = (mirror?: string) =>
  list(mirror).then(
    () => undefined,
    (thrown: unknown) => thrown as BackendError,
  );

it('gives files with sizes, and hashes of large ones', async () => {
  const hub = await standInForHub(
    answers({
      [tree]: [
        { type: 'directory', path: 'onnx', size: 0 },
        entry('config.json', 700),
        // A pointer of 134 bytes lies in git; the size is that of the content.
        {
          type: 'file',
          path: 'onnx/model.onnx',
          size: 134,
          lfs: { oid: sha256, size: 5000, pointerSize: 134 },
        },
        entry('odd.gguf', 5, 'not a hash'),
        'nonsense',
      ],
    }),
  );
  expect(await list()).toEqual([
    { path: 'config.json', bytes: 700 },
    { path: 'onnx/model.onnx', bytes: 5000, sha256 },
    { path: 'odd.gguf', bytes: 5 },
  ]);
  expect(hub.requests).toEqual([`GET ${tree}?recursive=true`]);
});

/** Three pages; each names the next as the hub does, with its own address whoever passes it on. */
const threePages: RequestListener = (request, response) => {
  const { searchParams } = new URL(request.url ?? '/', 'http://x');
  const page = Number(searchParams.get('cursor') ?? 1);
  const next = `<${hubAddress}${tree}?recursive=true&limit=1000&cursor=${page + 1}>; rel="next"`;
  response.writeHead(200, page < 3 ? { link: next } : {});
  response.end(JSON.stringify([entry(`params_shard_${page}.bin`)]));
};
const allPages = [1, 2, 3].map((page) => ({ path: `params_shard_${page}.bin`, bytes: 10 }));

it('reads a list that comes in pages to its end', async () => {
  const hub = await standInForHub(threePages);
  expect(await list()).toEqual(allPages);
  expect(hub.requests.at(-1)).toBe(`GET ${tree}?recursive=true&limit=1000&cursor=3`);
});

it('stays on the mirror when the mirror passes on links to the hub', async () => {
  unplugHub();
  const mirror = await fakeServer(threePages);
  expect(await list(mirror.url)).toEqual(allPages);
});

it('does not turn round for ever where every page names the same next one', async () => {
  const mirror = await fakeServer((_request, response) => {
    response
      .writeHead(200, { link: `<${tree}?cursor=x>; rel="next"` })
      .end(JSON.stringify([entry('a.gguf')]));
  });
  await list(mirror.url);
  expect(mirror.requests).toHaveLength(2);
});

it('asks the mirror first, and the hub for what the mirror does not have', async () => {
  const hub = await standInForHub(answers({ [tree]: [entry('from-hub.gguf')] }));
  const full = await fakeServer(answers({ [tree]: [entry('from-mirror.gguf')] }));
  expect(await list(full.url)).toEqual([{ path: 'from-mirror.gguf', bytes: 10 }]);
  expect(hub.requests).toEqual([]);
  const empty = await fakeServer(answers({}));
  expect(await list(empty.url)).toEqual([{ path: 'from-hub.gguf', bytes: 10 }]);
});

it.each([
  [401, 'unauthorized', /does not show owner\/name/],
  [403, 'unauthorized', /does not show owner\/name/],
  [404, 'model-not-found', /no repository owner\/name/],
  [500, 'server-failed', /status 500/],
])('status %i is %s', async (status, code, message) => {
  await standInForHub(answers({ [tree]: status }));
  const error = await failure();
  expect(error).toMatchObject({ code, detail: { status } });
  expect(error?.message).toMatch(message);
});

it('a page of a network that wants a login is not taken for a list', async () => {
  await standInForHub((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>');
  });
  expect(await failure()).toMatchObject({ code: 'malformed-stream' });
});

it('says what to do where no network is, and what the mirror said where only that answers', async () => {
  unplugHub();
  const silent = await failure();
  expect(silent).toMatchObject({ code: 'unreachable' });
  expect(silent?.detail.hint).toContain('npm run models');
  const mirror = await fakeServer(answers({}));
  expect(await failure(mirror.url)).toMatchObject({ code: 'model-not-found' });
});

it('ends with the reason of its signal', async () => {
  await standInForHub(answers({ [tree]: [] }));
  const stopped = AbortSignal.abort(new Error('stopped'));
  await expect(listRepository('owner/name', 'main', {}, stopped)).rejects.toThrow('stopped');
});

it('gives addresses of a file in the order to try', () => {
  expect(sourcesOf('o/n', 'main', 'onnx/a b#1.onnx', { mirror: 'http://m' })).toEqual([
    'http://m/o/n/resolve/main/onnx/a%20b%231.onnx',
    `${hubAddress}/o/n/resolve/main/onnx/a%20b%231.onnx`,
  ]);
});
