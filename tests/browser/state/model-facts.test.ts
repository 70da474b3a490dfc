/** What is known of a model and from whom, of an Ollama that is called directly, and what of it outlives a reload. */
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BackendStore } from '../../../src/state/backend-store.svelte';
import { ModelLibrary } from '../../../src/state/model-library.svelte';
import { Notices } from '../../../src/state/notices.svelte';
import { Settings } from '../../../src/state/settings.svelte';
import { SwitchyardDatabase } from '../../../src/storage/database';
import { SettingStore } from '../../../src/storage/setting-store';

const { signal } = new AbortController();
const choice = { backendId: 'mine', modelId: 'm:latest' };

/** URL → body, or a refusal; a missing one is a connection that is refused. */
let replies: Record<string, unknown> = {};
let url = '';
let database: SwitchyardDatabase;

beforeEach(() => {
  database = new SwitchyardDatabase(`facts-${crypto.randomUUID()}`);
  serve('http://one:11434', '0.17.4');
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
    const body = replies[input instanceof Request ? input.url : input.toString()];
    if (body === undefined) throw new TypeError('Failed to fetch');
    return body instanceof Response ? body.clone() : Response.json(body);
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await deleteDB(database.name);
});

function serve(address: string, version: string): void {
  url = address;
  replies = {
    [`${url}/api/version`]: { version },
    [`${url}/api/tags`]: { models: [{ name: 'm:latest' }] },
    [`${url}/api/ps`]: { models: [{ name: 'm:latest', context_length: 4096 }] },
    [`${url}/api/show`]: {
      template: '{{ range .Messages }}{{ end }}',
      capabilities: ['completion', 'tools'],
    },
    [`${url}/api/chat`]: Response.json({ error: 'this model cannot do that' }, { status: 400 }),
  };
}

/** As a page does that is opened later. */
async function open() {
  const settings = new Settings(new SettingStore(database), new Notices());
  await settings.open();
  settings.set('addedServers', [{ id: 'mine', kind: 'ollama', label: 'Mine', url }]);
  const store = new BackendStore(settings, new ModelLibrary(), location.origin);
  await store.refresh(signal);
  return store.facts;
}

test('a person’s word comes before a probe, and a probe before what the server declares', async () => {
  const facts = await open();
  expect(facts.capability(choice, 'tools')).toEqual({ source: 'unknown' });
  await facts.inspect(choice, signal);
  expect(facts.capability(choice, 'tools')).toEqual({ value: true, source: 'declared' });
  expect(facts.contextLength(choice)).toEqual({ value: 4096, source: 'declared' });
  await facts.probe(choice, () => undefined, signal);
  expect(facts.seen(choice, 'vision')).toContain('this model cannot do that');
  expect(facts.capability(choice, 'vision')).toEqual({ value: false, source: 'probe' });
  expect(facts.seen(choice, 'vision')).toContain('this model cannot do that');
  facts.setCapability(choice, 'vision', true);
  expect(facts.capability(choice, 'vision')).toEqual({ value: true, source: 'person' });
  facts.setCapability(choice, 'vision', undefined);
  expect(facts.seen(choice, 'vision')).toContain('this model cannot do that');
  expect(facts.capability(choice, 'vision')).toEqual({ value: false, source: 'probe' });
});

test('a probe says what it asks, and is there after a reload', async () => {
  const facts = await open();
  const asked: string[] = [];
  await facts.probe(choice, (now) => asked.push(now), signal);
  expect(asked).toEqual(['vision', 'tools', 'thinking', 'json', 'logprobs', 'embedding']);
  facts.setContextLength(choice, 512);
  await expect
    .poll(async () => (await open()).contextLength(choice))
    .toEqual({ value: 512, source: 'person' });
  expect((await open()).capability(choice, 'vision')).toEqual({ value: false, source: 'probe' });
});

test.each([
  ['at another address', 'http://two:11434', '0.17.4'],
  ['of another version', 'http://one:11434', '0.18.0'],
])('a server %s: its probes are forgotten, the person’s word stays', async (_, address, version) => {
  const facts = await open();
  await facts.probe(choice, () => undefined, signal);
  facts.setCapability(choice, 'json', false);
  await expect
    .poll(async () => (await open()).capability(choice, 'json'))
    .toEqual({ value: false, source: 'person' });
  serve(address, version);
  const later = await open();
  expect(later.capability(choice, 'vision')).toEqual({ source: 'unknown' });
  expect(later.seen(choice, 'vision')).toBeUndefined();
  expect(later.capability(choice, 'json')).toEqual({ value: false, source: 'person' });
});

test('a server that is down leaves it unknown, without a word', async () => {
  const facts = await open();
  replies = {};
  await facts.inspect(choice, signal);
  expect(facts.capability(choice, 'tools')).toEqual({ source: 'unknown' });
});

test('a probe that is stopped keeps what it has and says that it was stopped', async () => {
  const facts = await open();
  const controller = new AbortController();
  const probing = facts.probe(
    choice,
    (now) => {
      if (now === 'tools') controller.abort();
    },
    controller.signal,
  );
  await expect(probing).rejects.toThrow();
  expect(facts.seen(choice, 'vision')).toBeDefined();
  expect(facts.seen(choice, 'tools')).toBeUndefined();
});
