/** The one downloader with a server that breaks in every way we know. */
import { afterEach, expect, test, vi } from 'vitest';
import type { LoadProgress } from '../../../src/core/backend';
import type { LocalModel } from '../../../src/core/local-model';
import type { ModelDownload } from '../../../src/models/download/model-download';
import { ModelDownloads } from '../../../src/models/download/model-downloads';
import { openKeptModel } from '../../../src/models/store/kept-models';
import { fileName, modelFolder } from '../../../src/models/store/model-folder';
import { faultyModel, finished, hashOf, megabyte, served, until } from './faulty-model';

const never = new AbortController().signal;
const used: LocalModel[] = [];

function model(...given: Parameters<typeof faultyModel>): LocalModel {
  const made = faultyModel(...given);
  used.push(made);
  return made;
}

async function download(wanted: LocalModel): Promise<ModelDownload> {
  const downloads = new ModelDownloads();
  await downloads.ready;
  downloads.start(wanted);
  return until(downloads, wanted, finished);
}

afterEach(async () => {
  vi.restoreAllMocks();
  const downloads = new ModelDownloads();
  for (const one of used.splice(0)) await downloads.remove(one);
});

test('a download is checked, kept, and opened without another request', async () => {
  const wanted = model(3 * megabyte, {}, { sha256: await hashOf(3 * megabyte) });
  expect(await download(wanted)).toMatchObject({ state: 'ready', loaded: 3 * megabyte, total: 3 * megabyte });
  const before = await served(wanted);
  const progress: LoadProgress[] = [];
  const { files } = await new ModelDownloads().open(wanted, (one) => progress.push(one), never);
  expect(files.map(({ path, blob }) => [path, blob.size])).toEqual([['weights.bin', 3 * megabyte]]);
  expect(progress).toEqual([]);
  expect(await served(wanted)).toEqual(before);
});

test('cuts cost nothing: it goes on where it was, and no byte is moved twice', async () => {
  const bytes = 20 * megabyte;
  // A browser drops what it has not handed on yet when a line breaks: on a busy machine that is a second's worth.
  const wanted = model(bytes, { cut: 3 * megabyte, pause: 1, silence: 300 }, { sha256: await hashOf(bytes) });
  expect(await download(wanted)).toMatchObject({ state: 'ready' });
  const { requests, bytes: moved } = await served(wanted);
  expect(requests).toBeGreaterThan(6);
  expect(moved / bytes).toBeLessThan(1.01);
});

test('a paused download keeps its parts, also for a page that is opened later', async () => {
  const wanted = model(4 * megabyte, { pause: 20 }, { sha256: await hashOf(4 * megabyte) });
  const downloads = new ModelDownloads();
  downloads.start(wanted);
  await until(downloads, wanted, ({ loaded }) => loaded > megabyte);
  await downloads.pause(wanted);
  const later = new ModelDownloads();
  await later.ready;
  const kept = later.states.find(({ model: { id } }) => id === wanted.id);
  expect(kept).toMatchObject({ state: 'partial', total: 4 * megabyte });
  expect(kept?.loaded).toBeGreaterThan(megabyte);
  later.start(wanted);
  expect(await until(later, wanted, finished)).toMatchObject({ state: 'ready' });
  expect((await served(wanted)).ranges[1]).toMatch(/^bytes=\d{7}-$/);
});

test('progress tells bytes and speed', async () => {
  const wanted = model(2 * megabyte, { pause: 30 });
  const downloads = new ModelDownloads();
  downloads.start(wanted);
  const moving = await until(downloads, wanted, ({ bytesPerSecond }) => bytesPerSecond !== undefined);
  expect(moving.state).toBe('downloading');
  expect(moving.secondsLeft).toBeGreaterThan(0);
  await downloads.pause(wanted);
});

test('a server without ranges is asked for all again, and the result is right', async () => {
  const bytes = 2 * megabyte;
  const wanted = model(bytes, { range: 'no', cut: 1.5 * megabyte }, { sha256: await hashOf(bytes) });
  const downloads = new ModelDownloads();
  downloads.start(wanted);
  await until(downloads, wanted, ({ loaded }) => loaded > 0);
  await downloads.pause(wanted);
  expect(downloads.states.find(({ model: { id } }) => id === wanted.id)).toMatchObject({ state: 'partial' });
});

test('a file that changes on the server is not mixed from two versions', async () => {
  const bytes = 3 * megabyte;
  const wanted = model(bytes, { etag: 'new', cut: 2 * megabyte, pause: 1 });
  const downloads = new ModelDownloads();
  downloads.start(wanted);
  await vi.waitFor(async () => expect((await served(wanted)).requests).toBeGreaterThan(2), 10_000);
  await downloads.pause(wanted);
  const { ranges } = await served(wanted);
  expect(ranges.slice(0, 3)).toEqual([
    'bytes=0-',
    expect.stringMatching(/^bytes=1\d{6}-$|^bytes=2000000-$/),
    'bytes=0-',
  ]);
});

test.for<[string, Record<string, string | number>, string, RegExp]>([
  ['a web page instead of weights', { type: 'html' }, 'load-failed', /web page/],
  ['a file of another size', { length: 900_000 }, 'load-failed', /not the file it should be/],
  ['a file that is not there', { status: 404 }, 'model-not-found', /not on this server/],
  ['a file behind a licence', { status: 403 }, 'unauthorized', /does not give out/],
])('%s is refused, and nothing of it is kept', async ([, faults, code, message]) => {
  const wanted = model(megabyte, faults);
  const result = await download(wanted);
  expect(result).toMatchObject({ state: 'failed', loaded: 0, error: { code } });
  expect(result.error?.message).toMatch(message);
  expect(await openKeptModel(wanted)).toBeUndefined();
});

test('other bytes than were published are dropped, and the next attempt fetches them anew', async () => {
  const wrong = model(megabyte, {}, { sha256: '0'.repeat(64) });
  expect(await download(wrong)).toMatchObject({ state: 'failed', loaded: 0, error: { code: 'load-failed' } });
  const [file] = wrong.files;
  const right = {
    ...wrong,
    files: [
      {
        ...file,
        path: 'weights.bin',
        sources: file?.sources ?? [],
        bytes: megabyte,
        sha256: await hashOf(megabyte),
      },
    ],
  };
  expect(await download(right)).toMatchObject({ state: 'ready' });
});

test('a busy server is asked again', async () => {
  const wanted = model(megabyte, { status: 503, times: 2, 'retry-after': 0 });
  expect(await download(wanted)).toMatchObject({ state: 'ready' });
  expect((await served(wanted)).requests).toBe(3);
});

test('what one source does not have is fetched from the next', async () => {
  const wanted = model(megabyte);
  const [file] = wanted.files;
  const sources = [
    `${location.origin}/faulty/gone-${wanted.id}?bytes=1&status=404`,
    ...(file?.sources ?? []),
  ];
  expect(
    await download({ ...wanted, files: [{ path: 'weights.bin', bytes: megabyte, sources }] }),
  ).toMatchObject({
    state: 'ready',
  });
});

test('bytes that rot on disk are found by a recheck and fetched anew', async () => {
  const wanted = model(megabyte, {}, { sha256: await hashOf(megabyte) });
  await download(wanted);
  const handle = await (await modelFolder(wanted)).getFileHandle(fileName('weights.bin'));
  const stream = await handle.createWritable({ keepExistingData: true });
  await stream.write({ type: 'write', position: 500, data: new Uint8Array([1, 2, 3]) });
  await stream.close();
  const downloads = new ModelDownloads();
  await downloads.ready;
  await downloads.recheck(wanted);
  expect(downloads.states.find(({ model: { id } }) => id === wanted.id)).toMatchObject({
    state: 'partial',
    loaded: 0,
  });
  const { files } = await downloads.open(wanted, () => undefined, never);
  expect(files[0]?.blob.size).toBe(megabyte);
});

test('a recheck leaves what is right', async () => {
  const wanted = model(megabyte, {}, { sha256: await hashOf(megabyte) });
  await download(wanted);
  const downloads = new ModelDownloads();
  await downloads.recheck(wanted);
  expect(await openKeptModel(wanted)).toHaveLength(1);
});

test('two tabs that want one model fetch it once, and both see it come', async () => {
  const wanted = model(3 * megabyte, { pause: 15 }, { sha256: await hashOf(3 * megabyte) });
  const [one, other] = [new ModelDownloads(), new ModelDownloads()];
  one.start(wanted);
  const seen = await until(other, wanted, ({ state }) => state === 'downloading');
  expect(seen.isElsewhere).toBe(true);
  const opened = other.open(wanted, () => undefined, never);
  expect(await until(one, wanted, finished)).toMatchObject({ state: 'ready' });
  expect((await opened).files[0]?.blob.size).toBe(3 * megabyte);
  expect((await served(wanted)).requests).toBe(1);
});

test('too little room is told before anything moves', async () => {
  vi.spyOn(navigator.storage, 'estimate').mockResolvedValue({ quota: 50 * megabyte, usage: 49.5 * megabyte });
  const wanted = model(megabyte);
  const downloads = new ModelDownloads();
  await downloads.add(wanted);
  downloads.start(wanted);
  const result = await until(downloads, wanted, finished);
  expect(result).toMatchObject({ state: 'failed', error: { code: 'storage-full' } });
  expect(result.error?.message).toMatch(/1 MB are needed/);
  expect((await served(wanted)).requests).toBe(0);
});

test('without room an engine still gets the model, from memory, and that is said', async () => {
  vi.spyOn(navigator.storage, 'estimate').mockResolvedValue({ quota: megabyte, usage: megabyte });
  const opened = await new ModelDownloads().open(model(megabyte), () => undefined, never);
  expect(opened.files[0]?.blob.size).toBe(megabyte);
  expect(opened.notice).toMatch(/runs from memory.*no space left/);
});

test('files from this device are copied and kept', async () => {
  const blob = new Blob([new Uint8Array(megabyte)]);
  const wanted: LocalModel = {
    id: crypto.randomUUID(),
    engine: 'wllama',
    label: 'Mine',
    files: [{ path: 'mine.bin', sources: [], bytes: megabyte }],
  };
  used.push(wanted);
  const downloads = new ModelDownloads();
  await downloads.import(wanted, [{ path: 'mine.bin', blob }], never);
  expect((await openKeptModel(wanted))?.[0]?.blob.size).toBe(megabyte);
});

test('a removed model leaves nothing', async () => {
  const wanted = model(megabyte);
  await download(wanted);
  const downloads = new ModelDownloads();
  await downloads.ready;
  await downloads.remove(wanted);
  expect(downloads.states.some(({ model: { id } }) => id === wanted.id)).toBe(false);
  expect(await openKeptModel(wanted)).toBeUndefined();
});
