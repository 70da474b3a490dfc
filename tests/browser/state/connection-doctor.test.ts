/** The state behind the doctor's dialog: its run, its end, and what a click changes for good. */
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RelayStatus } from '../../../relay/contract';
import { BackendStore } from '../../../src/state/backend-store.svelte';
import { ConnectionDoctor, type DoctorSubject } from '../../../src/state/connection-doctor.svelte';
import { ModelLibrary } from '../../../src/state/model-library.svelte';
import { Notices } from '../../../src/state/notices.svelte';
import { Settings } from '../../../src/state/settings.svelte';
import { SwitchyardDatabase } from '../../../src/storage/database';
import { SettingStore } from '../../../src/storage/setting-store';

const { signal } = new AbortController();
const server = 'http://127.0.0.1:8000';
const list = { data: [{ id: 'm' }] };
const upstream = { id: 'vllm', kind: 'vllm', label: 'vLLM', url: server } as const;
const config = { backendType: 'vllm', upstreams: [upstream], localModels: [], version: '1' };
const status: RelayStatus = {
  upstreams: [{ ...upstream, state: 'ready', hasKey: false, models: [{ id: 'm' }] }],
};
const relay = { [`${location.origin}/api/config`]: config, [`${location.origin}/api/status`]: status };
const vllm = { [`${server}/v1/models`]: list, [`${server}/version`]: { version: '0.32.0' } };

/** URL → body; a missing one is a connection that is refused. */
let replies: Readonly<Record<string, unknown>> = {};
let before: (request: Request) => Promise<unknown>;
let database: SwitchyardDatabase;

beforeEach(() => {
  database = new SwitchyardDatabase(`doctor-${crypto.randomUUID()}`);
  before = () => Promise.resolve();
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    await before(request);
    const body = replies[request.url];
    request.signal.throwIfAborted();
    if (body === undefined) throw new TypeError('Failed to fetch');
    return Response.json(body);
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await deleteDB(database.name);
});

async function openSettings(): Promise<Settings> {
  const settings = new Settings(new SettingStore(database), new Notices());
  await settings.open();
  return settings;
}

async function doctorFor(subject: DoctorSubject, settings: Settings) {
  const backends = new BackendStore(settings, new ModelLibrary(), location.origin);
  await backends.refresh(signal);
  return { doctor: new ConnectionDoctor(subject, backends, settings), backends };
}

async function withAdded(kind: 'vllm' | 'ollama', url = server) {
  const settings = await openSettings();
  settings.set('addedServers', [{ id: 'mine', kind, label: 'Mine', url }]);
  return { settings, ...(await doctorFor({ backendId: 'mine' }, settings)) };
}

test('an examination tells its questions, then its finding', async () => {
  replies = vllm;
  const { doctor } = await withAdded('vllm');
  const examining = doctor.examine();
  expect(doctor.isExamining).toBe(true);
  expect(doctor.diagnosis).toBeUndefined();
  await examining;
  expect(doctor.isExamining).toBe(false);
  expect(doctor.diagnosis?.findings[0].cause).toBe('works');
  expect(doctor.steps.map(({ outcome }) => outcome)).toEqual(['good', 'good', 'good']);
});

test('a second examination takes the place of the first', async () => {
  replies = vllm;
  const { doctor } = await withAdded('vllm');
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  before = () => held;
  const first = doctor.examine();
  await expect.poll(() => doctor.steps.length).toBe(1);
  before = () => Promise.resolve();
  const second = doctor.examine();
  release();
  await Promise.all([first, second]);
  expect(doctor.diagnosis?.findings[0].cause).toBe('works');
  expect(doctor.steps).toHaveLength(3);
  expect(doctor.isExamining).toBe(false);
});

test('closed in the middle, it asks nothing more and finds nothing', async () => {
  replies = vllm;
  const { doctor } = await withAdded('vllm');
  let asked = 0;
  before = ({ signal: ofRequest }) => {
    asked++;
    return new Promise((_, reject) => ofRequest.addEventListener('abort', () => reject(new Error('over'))));
  };
  const examining = doctor.examine();
  await expect.poll(() => asked).toBe(1);
  doctor.stop();
  await examining;
  expect(doctor.isExamining).toBe(false);
  expect(doctor.diagnosis).toBeUndefined();
  expect(asked).toBe(1);
});

test('going through the relay is kept, takes the chosen model along, and is examined', async () => {
  replies = relay;
  const settings = await openSettings();
  settings.set('directUpstreams', ['vllm']);
  settings.set('selection', { backendId: 'vllm', modelId: 'm' });
  const { doctor, backends } = await doctorFor({ backendId: 'vllm', modelId: 'm' }, settings);
  await doctor.examine();
  expect(doctor.diagnosis?.relayId).toBe('vllm');
  await doctor.useRelay();
  expect(doctor.diagnosis?.findings[0].cause).toBe('works');
  expect(backends.entry('vllm')?.connection).toMatchObject({ via: 'relay' });
  await expect.poll(async () => (await openSettings()).values.directUpstreams).toEqual([]);
  expect(settings.values.selection).toEqual({ backendId: 'vllm', modelId: 'm' });
});

test('a typed server whose address the relay has, too, hands its chosen model over', async () => {
  replies = relay;
  const { settings, doctor } = await withAdded('vllm');
  settings.set('selection', { backendId: 'mine', modelId: 'm' });
  await doctor.examine();
  await doctor.useRelay();
  expect(doctor.subject).toEqual({ backendId: 'vllm' });
  expect(settings.values.selection).toEqual({ backendId: 'vllm', modelId: 'm' });
});

test('another kind and another address are kept, and examined at once', async () => {
  replies = vllm;
  const { settings, doctor } = await withAdded('ollama', `${server}/chat`);
  await doctor.examine();
  expect(doctor.diagnosis?.findings[0].cause).not.toBe('works');
  await doctor.changeServer({ kind: 'vllm' });
  await doctor.changeServer({ url: server });
  expect(doctor.diagnosis?.findings[0].cause).toBe('works');
  const kept = [{ id: 'mine', kind: 'vllm', label: 'Mine', url: server }];
  expect(settings.values.addedServers).toEqual(kept);
  await expect.poll(async () => (await openSettings()).values.addedServers).toEqual(kept);
});

test('a new key goes with the next examination', async () => {
  replies = vllm;
  const { settings, doctor } = await withAdded('vllm');
  const keys = new Set<string | null>();
  before = ({ headers }) => Promise.resolve(keys.add(headers.get('authorization')));
  settings.setKey('mine', 'secret', false);
  await doctor.keyChanged();
  expect(keys).toContain('Bearer secret');
});

test('a server that was removed has no patient, and nothing is asked', async () => {
  replies = {};
  const { doctor } = await doctorFor({ backendId: 'gone' }, await openSettings());
  await doctor.examine();
  expect(doctor.patient).toBeUndefined();
  expect(doctor.isExamining).toBe(false);
  expect(doctor.steps).toEqual([]);
});

test('what is still being typed is examined, and nothing is kept of it', async () => {
  replies = vllm;
  const settings = await openSettings();
  const { doctor } = await doctorFor({ typedUrl: '127.0.0.1:8000/', kind: 'vllm' }, settings);
  await doctor.examine();
  expect(doctor.patient?.serverUrl).toBe(server);
  expect(doctor.diagnosis?.findings[0].cause).toBe('works');
  await doctor.changeServer({ kind: 'ollama' });
  expect(settings.values.addedServers).toEqual([]);
});
