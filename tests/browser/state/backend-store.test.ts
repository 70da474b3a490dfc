/** The page's backend store over a relay whose replies are set by the test. */
import { deleteDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RelayConfig, RelayStatus } from '../../../relay/contract';
import { BackendStore } from '../../../src/state/backend-store.svelte';
import { ModelLibrary } from '../../../src/state/model-library.svelte';
import { Notices } from '../../../src/state/notices.svelte';
import { Settings } from '../../../src/state/settings.svelte';
import { SwitchyardDatabase } from '../../../src/storage/database';
import { SettingStore } from '../../../src/storage/setting-store';

const { signal } = new AbortController();
const config: RelayConfig = {
  backendType: 'ollama',
  defaultModel: 'smollm2:latest',
  upstreams: [{ id: 'ollama', kind: 'ollama', label: 'Ollama' }],
  localModels: [],
  version: '1',
};
const ready: RelayStatus = {
  upstreams: [
    {
      id: 'ollama',
      kind: 'ollama',
      label: 'Ollama',
      url: 'http://127.0.0.1:11434',
      state: 'ready',
      hasKey: false,
      models: [{ id: 'other:latest' }, { id: 'smollm2:latest' }],
      version: '0.17.4',
    },
  ],
};

/** Path → body; a missing path is a connection that is refused. */
let replies: Record<string, unknown> = {};
/** Before the reply to a path, where a test wants to be in between. */
let before: (pathname: string) => Promise<void>;
let database: SwitchyardDatabase;

function storeOver(
  given: Record<string, unknown>,
  settings = new Settings(new SettingStore(database), new Notices()),
): BackendStore {
  replies = given;
  return new BackendStore(settings, new ModelLibrary(), location.origin);
}

beforeEach(() => {
  database = new SwitchyardDatabase(`backends-${crypto.randomUUID()}`);
  before = () => Promise.resolve();
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input, location.origin);
    await before(pathname);
    const body = replies[pathname];
    if (body === undefined) throw new TypeError('Failed to fetch');
    return Response.json(body);
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await deleteDB(database.name);
});

const relay = { '/api/config': config, '/api/status': ready };

describe('BackendStore', () => {
  test('opens with the configured backend and tells all in one status', async () => {
    const store = storeOver(relay);
    expect(store.status).toEqual({
      backend_type: 'none',
      backend_url: null,
      active_model: null,
      state: 'no-model',
    });
    await store.refresh(signal);
    expect(store.status).toEqual({
      backend_type: 'ollama',
      backend_url: 'http://127.0.0.1:11434',
      active_model: 'smollm2:latest',
      state: 'ready',
    });
  });

  test('selecting asks the server and refuses a model that it does not have', async () => {
    const store = storeOver({
      ...relay,
      '/relay/ollama/api/version': { version: '0.17.4' },
      '/relay/ollama/api/tags': { models: [{ name: 'other:latest', model: 'other:latest' }] },
      '/relay/ollama/api/ps': { models: [] },
    });
    await store.refresh(signal);
    await expect(store.select({ backendId: 'ollama', modelId: 'gone' }, signal)).rejects.toMatchObject({
      code: 'model-not-found',
    });
    expect(store.status.active_model).toBe('smollm2:latest');
    await store.select({ backendId: 'ollama', modelId: 'other:latest' }, signal);
    expect(store.status.active_model).toBe('other:latest');
  });

  test('selecting on a server that is down keeps the earlier choice', async () => {
    const store = storeOver(relay);
    await store.refresh(signal);
    await expect(
      store.select({ backendId: 'ollama', modelId: 'other:latest' }, signal),
    ).rejects.toMatchObject({
      code: 'unreachable',
    });
    expect(store.status.active_model).toBe('smollm2:latest');
  });

  test('a server that goes away is told with its error, and the choice stays', async () => {
    const store = storeOver({
      ...relay,
      '/relay/ollama/api/version': { version: '0.17.4' },
      '/relay/ollama/api/tags': { models: [{ name: 'smollm2:latest', model: 'smollm2:latest' }] },
      '/relay/ollama/api/ps': { models: [] },
    });
    await store.refresh(signal);
    await store.select({ backendId: 'ollama', modelId: 'smollm2:latest' }, signal);
    const error = { code: 'unreachable', message: 'Nobody listens there.', detail: {} };
    replies['/api/status'] = {
      upstreams: [{ ...ready.upstreams[0], state: 'unreachable', models: [], error }],
    };
    await store.refresh(signal);
    expect(store.status).toMatchObject({ state: 'unreachable', active_model: 'smollm2:latest', error });
  });

  test('when the relay goes away its servers are no longer called ready', async () => {
    const store = storeOver(relay);
    await store.refresh(signal);
    replies = {};
    await store.refresh(signal);
    expect(store.status).toMatchObject({ state: 'unreachable', error: { code: 'unreachable' } });
    replies = relay;
    await store.refresh(signal);
    expect(store.status.state).toBe('ready');
  });

  test('without a relay the page’s own engine is listed and the cause is kept', async () => {
    const store = storeOver({});
    await store.refresh(signal);
    expect(store.relayError?.code).toBe('unreachable');
    expect(store.entries.map(({ connection }) => connection.id)).toEqual([
      'wllama',
      'transformers',
      'webllm',
    ]);
    expect(store.status).toMatchObject({ state: 'no-model', active_model: null });
  });

  test('the browser’s own model is listed where it can run', async () => {
    const store = storeOver({});
    vi.spyOn(LanguageModel, 'availability').mockResolvedValue('downloadable');
    await store.refresh(signal);
    expect(store.entry('prompt-api')).toMatchObject({ state: 'ready' });
  });

  test('the config changes at any time without a load', async () => {
    const store = storeOver(relay);
    store.changeConfig({ temperature: 0.3 });
    store.changeConfig({ seed: 7 });
    expect(store.config).toEqual({ temperature: 0.3, seed: 7 });
    store.changeConfig({ seed: undefined });
    expect(store.config.seed).toBeUndefined();
    expect(store.loadProgress).toBeUndefined();
  });

  test('a server that is added while others are asked is asked, too', async () => {
    const settings = new Settings(new SettingStore(database), new Notices());
    const store = storeOver(relay, settings);
    const servers = ['slow', 'new'].map(
      (id) => ({ id, kind: 'ollama', label: id, url: `http://127.0.0.1:1/${id}` }) as const,
    );
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const asked: string[] = [];
    before = async (pathname) => {
      asked.push(pathname);
      if (pathname.startsWith('/slow/')) await held;
    };
    settings.set('addedServers', servers.slice(0, 1));
    const first = store.refresh(signal);
    await expect.poll(() => asked.some((pathname) => pathname.startsWith('/slow/'))).toBe(true);
    settings.set('addedServers', servers);
    store.reconnect();
    const second = store.refresh(signal);
    release();
    await Promise.all([first, second]);
    expect(store.entry('new')?.state).toBe('unreachable');
  });

  test('asking for a backend that was removed says so', async () => {
    const store = storeOver(relay);
    await store.refresh(signal);
    await expect(store.backend('gone')).rejects.toMatchObject({ code: 'bad-request' });
  });
});
