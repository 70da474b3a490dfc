import { afterEach, expect, test, vi } from 'vitest';
import type { LoadProgress } from '../../../src/core/backend';
import type { LocalModelFile } from '../../../src/core/connection';
import { findKept } from '../../../src/backends/wllama/kept-models';
import { openModelFile } from '../../../src/backends/wllama/model-file';
import { fileOf, never, tinyBackend, tinyBytes, tinyContent, tinyFile, tinySha256 } from './tiny-model';

afterEach(() => vi.restoreAllMocks());

function open(file: LocalModelFile, signal = never()) {
  const progress: LoadProgress[] = [];
  return openModelFile(file, (one) => progress.push(one), signal).then((opened) => ({ ...opened, progress }));
}

function load(file: LocalModelFile) {
  const backend = tinyBackend(file);
  return backend.load({ modelId: file.id, params: {} }, () => {}, never()).finally(() => backend.dispose());
}

function failsWith(code: string, message: RegExp) {
  return expect.objectContaining({ code, message: expect.stringMatching(message) as string }) as Error;
}

async function kept(file: LocalModelFile, name = `${file.id}-${file.bytes}`): Promise<FileSystemFileHandle> {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('models');
  return folder.getFileHandle(name);
}

async function overwrite(handle: FileSystemFileHandle, content: Uint8Array<ArrayBuffer>): Promise<void> {
  const stream = await handle.createWritable();
  await stream.write(content);
  await stream.close();
}

test('a download is checked, kept, and not fetched again', async () => {
  const file = tinyFile({ sha256: tinySha256 });
  const first = await open(file);
  expect(first.blob.size).toBe(tinyBytes);
  expect(first.progress.at(-1)).toEqual({ phase: 'download', loaded: tinyBytes, total: tinyBytes });
  const fetched = vi.spyOn(globalThis, 'fetch');
  expect((await open(file)).progress).toEqual([]);
  expect(fetched).not.toHaveBeenCalled();
});

test('a missing file says what to do', async () => {
  const file = tinyFile();
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('Not here', { status: 404 }));
  await expect(open(file)).rejects.toThrow(failsWith('model-not-found', /not on this server/));
});

test('a file that a server refuses names the status', async () => {
  vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('', { status: 503 }));
  await expect(open(tinyFile())).rejects.toThrow(failsWith('load-failed', /503/));
});

test('a server that is down is called unreachable', async () => {
  // Nothing listens on port 1 of this machine, and browsers refuse it in any case.
  const file = tinyFile({ url: 'http://127.0.0.1:1/tiny.gguf' });
  await expect(open(file)).rejects.toThrow(failsWith('unreachable', /broke off/));
});

test.for<[string, (content: Uint8Array<ArrayBuffer>) => LocalModelFile, RegExp]>([
  ['a web page', () => fileOf('<!doctype html><p>Sign in</p>', {}, 'text/html'), /web page/],
  [
    'a cut file',
    (content) => fileOf(content.slice(0, 200_000), { bytes: tinyBytes }),
    /did not arrive whole/,
  ],
  ['other bytes', () => fileOf('<!doctype html><p>Sign in</p>'), /did not arrive whole/],
  ['a wrong checksum', (content) => fileOf(content, { sha256: '0'.repeat(64) }), /did not arrive whole/],
])('%s is refused before the engine sees it, and not kept', async ([, make, message]) => {
  const file = make(await tinyContent());
  await expect(open(file)).rejects.toThrow(failsWith('load-failed', message));
  expect(await findKept(file)).toBeUndefined();
});

test('a damaged file that passes all checks is found out by the load, and forgotten', async () => {
  const content = await tinyContent();
  content.fill(255, 24, 4096);
  const file = fileOf(content);
  await expect(load(file)).rejects.toThrow(failsWith('load-failed', /damaged.*deleted/));
  expect(await findKept(file)).toBeUndefined();
});

test('a kept file that was damaged on disk is deleted with a message; the next load fetches it anew', async () => {
  const file = tinyFile({ sha256: tinySha256 });
  await open(file);
  const content = await tinyContent();
  content.fill(255, 24, 4096);
  await overwrite(await kept(file), content);
  await expect(load(file)).rejects.toThrow(failsWith('load-failed', /damaged.*deleted/));
  expect((await load(file)).contextLength).toBe(1024);
});

test('a kept file without its mark, or of another size, is fetched anew', async () => {
  const file = tinyFile();
  await open(file);
  await overwrite(await kept(file), (await tinyContent()).slice(0, 1000));
  expect((await open(file)).progress.length).toBeGreaterThan(0);
  await overwrite(await kept(file, `${file.id}-${file.bytes}.checked`), new Uint8Array());
  expect((await open(file)).blob.size).toBe(tinyBytes);
  expect(await findKept(file)).toBeDefined();
});

test('a stopped download keeps nothing', async () => {
  const file = tinyFile();
  const controller = new AbortController();
  const opening = openModelFile(file, () => controller.abort(), controller.signal);
  await expect(opening).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }) as Error);
  expect(await findKept(file)).toBeUndefined();
});

test('two tabs that want one file fetch it once', async () => {
  const file = tinyFile();
  const fetched = vi.spyOn(globalThis, 'fetch');
  const [one, other] = await Promise.all([open(file), open(file)]);
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(one.blob.size).toBe(tinyBytes);
  expect(other.progress).toEqual([]);
});

test('without space the model runs from memory, and says so', async () => {
  const file = tinyFile();
  const full = new DOMException('No space', 'QuotaExceededError');
  // Filling a real disk is no test; the browser's write is the one thing that is replaced here.
  vi.spyOn(FileSystemWritableFileStream.prototype, 'write').mockRejectedValue(full);
  const { blob, notice } = await open(file);
  expect(blob.size).toBe(tinyBytes);
  expect(notice).toMatch(/no space left/);
  expect(await findKept(file)).toBeUndefined();
});

test('too large a context window is called by its name', async () => {
  const file = tinyFile();
  const backend = tinyBackend(file);
  const request = { modelId: file.id, params: { contextLength: 20_000_000 } };
  await expect(backend.load(request, () => {}, never())).rejects.toThrow(
    failsWith('out-of-memory', /memory/),
  );
  expect((await backend.load({ modelId: file.id, params: {} }, () => {}, never())).contextLength).toBe(1024);
  await backend.dispose();
});
