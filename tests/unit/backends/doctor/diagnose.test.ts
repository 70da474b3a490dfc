import { describe, expect, it } from 'vitest';
import type { Cause, Certainty } from '../../../../src/core/diagnosis';
import { createTurns } from '../../../../src/backends/shared/turns';
import type { UpstreamStatus } from '../../../../relay/contract';
import { examine, type Examination, type Route, type World } from './world';

const ollama = 'http://localhost:11434';
const vllm = 'http://localhost:8000';
const publicPage = { origin: 'https://chat.example' };

const ollamaRoutes: Record<string, Route> = {
  [`${ollama}/api/tags`]: { recording: 'ollama/tags' },
  [`${ollama}/api/version`]: { recording: 'ollama/version' },
  [ollama]: { status: 404, body: '404 page not found' },
};
const vllmRoutes: Record<string, Route> = {
  [`${vllm}/v1/models`]: { recording: 'vllm/models' },
  [`${vllm}/version`]: { recording: 'vllm/version' },
  [vllm]: { recording: 'vllm/notfound' },
};
const hidden = (routes: Record<string, Route>): Record<string, Route> =>
  Object.fromEntries(Object.entries(routes).map(([url, route]) => [url, { ...route, isHidden: true }]));

function found({ certainty, findings }: Examination): [Certainty, ...Cause[]] {
  return [certainty, ...findings.map(({ cause }) => cause)];
}

describe('a server that works', () => {
  it('is called well, with version, latency and models', async () => {
    const examination = await examine('ollama', ollama, { routes: ollamaRoutes });
    expect(found(examination)).toEqual(['known', 'works']);
    expect(examination.findings[0].why).toMatch(/version 0\.17\.4, \d+ ms, \d+ models?/);
    expect(examination.findings[0].fix).toBe('');
    expect(examination.steps.every(({ outcome }) => outcome === 'good')).toBe(true);
  });

  it.each([
    ['vllm', vllm, { routes: vllmRoutes }],
    ['instructlab', vllm, { routes: { [`${vllm}/v1/models`]: { recording: 'instructlab/models' } } }],
    [
      'llamacpp',
      'http://localhost:8080',
      {
        routes: {
          'http://localhost:8080/v1/models': { recording: 'llamacpp/models' },
          'http://localhost:8080/props': { recording: 'llamacpp/props' },
        },
      },
    ],
  ] as const)('%s too', async (kind, url, world) => {
    expect(found(await examine(kind, url, world))).toEqual(['known', 'works']);
  });

  it('is asked one thing at a time, and nothing that makes it work', async () => {
    const examination = await examine('vllm', vllm, { routes: vllmRoutes }, { key: 'k' });
    expect(examination.mostAtOnce).toBe(1);
    expect(examination.asked.map(({ url }) => url.replace(vllm, ''))).toEqual([
      '/v1/models',
      '/v1/models',
      '/v1/models',
      '/version',
    ]);
  });

  it('shows each question while it is asked', async () => {
    const { heard, steps } = await examine('ollama', ollama, { routes: ollamaRoutes });
    expect(heard[0]).toEqual([{ question: 'Does it answer this page?', outcome: 'running' }]);
    expect(heard.at(-1)).toEqual(steps);
  });
});

describe('nothing that the page may read', () => {
  it('nobody is there', async () => {
    const examination = await examine('ollama', ollama, {});
    expect(found(examination)).toEqual(['most-likely', 'server-down']);
    expect(examination.findings[0].commands).toEqual([
      { label: 'On the machine of the server', text: 'ollama serve' },
    ]);
  });

  it('nobody is there, says the relay of the same machine too', async () => {
    const upstreams = [
      {
        url: 'http://127.0.0.1:11434',
        state: 'unreachable',
        error: { code: 'unreachable', message: 'No.', detail: {} },
      },
    ] as const;
    expect(found(await examine('ollama', ollama, { upstreams }))).toEqual(['known', 'server-down']);
  });

  it('a relay on another machine proves nothing about this one', async () => {
    const upstreams = [
      { state: 'unreachable', error: { code: 'unreachable', message: 'No.', detail: {} } },
    ] as const;
    const world: World = { ...publicPage, upstreams, permissions: { 'loopback-network': 'granted' } };
    const [certainty] = found(await examine('ollama', ollama.replace('http', 'https'), world));
    expect(certainty).toBe('one-of');
  });

  it('Ollama refuses the page: with the very line that allows it', async () => {
    const origin = 'http://chat.localhost:4173';
    const examination = await examine('ollama', ollama, { origin, routes: hidden(ollamaRoutes) });
    expect(found(examination)).toEqual(['most-likely', 'cors-refused']);
    expect(examination.findings[0].commands).toEqual([
      { label: 'Environment of Ollama', text: `OLLAMA_ORIGINS=${origin}` },
    ]);
    expect(examination.findings[0].actions).not.toContain('use-relay');
    expect(examination.relayLine?.text).toBe(`OLLAMA_BASE_URL=${ollama}`);
  });

  it.each([
    ['vllm', `--allowed-origins '["http://localhost:4173"]'`],
    ['llamacpp', '--cors-origins http://localhost:4173'],
  ] as const)('%s refuses the page', async (kind, text) => {
    const { findings } = await examine(kind, vllm, { routes: hidden(vllmRoutes) });
    expect(findings[0]).toMatchObject({ cause: 'cors-refused', commands: [{ text }] });
  });

  it('is certain when the relay can read what the page cannot, and offers the relay', async () => {
    const origin = 'http://chat.localhost:4173';
    const world: World = { origin, routes: hidden(ollamaRoutes), upstreams: [{ id: 'ollama' }] };
    const examination = await examine('ollama', ollama, world, { id: 'ollama', isAdded: false });
    expect(found(examination)).toEqual(['known', 'cors-refused']);
    expect(examination.findings[0].actions).toContain('use-relay');
    expect(examination.relayId).toBe('ollama');
    expect(examination.relayLine).toBeUndefined();
  });

  it('does not blame CORS where Ollama would let the page in', async () => {
    const routes = { [ollama]: { body: '<title>Router</title>', isHidden: true } };
    expect(found(await examine('ollama', ollama, { routes }))).toEqual(['most-likely', 'not-a-model-server']);
  });

  it('does not blame CORS where the relay reads that it is another program', async () => {
    const error = { code: 'bad-request', message: 'It answered with a web page.', detail: {} } as const;
    const upstream = { kind: 'vllm', url: vllm, state: 'misconfigured', error } as const;
    const world: World = { routes: { [vllm]: { isHidden: true } }, upstreams: [upstream] };
    expect(found(await examine('vllm', vllm, world))).toEqual(['most-likely', 'not-a-model-server']);
    // Asked as another kind, or elsewhere, its answer says nothing.
    expect(found(await examine('llamacpp', vllm, world))).toEqual(['most-likely', 'cors-refused']);
    expect(found(await examine('vllm', `${vllm}/v1`, world))).toEqual(['most-likely', 'cors-refused']);
  });

  it('names both where nobody said what kind of server it is', async () => {
    const examination = await examine('openai', vllm, { routes: hidden(vllmRoutes) }, { isKindKnown: false });
    expect(found(examination)).toEqual(['one-of', 'cors-refused', 'not-a-model-server']);
    expect(examination.findings[0].commands.map(({ text }) => text)).toEqual([
      'OLLAMA_ORIGINS=http://localhost:4173',
      `--allowed-origins '["http://localhost:4173"]'`,
      '--cors-origins http://localhost:4173',
    ]);
  });

  it('says so where the browser cannot tell whether anybody is there', async () => {
    const world: World = { canSeeWhoIsThere: false, routes: hidden(vllmRoutes) };
    expect(found(await examine('vllm', vllm, world))).toEqual([
      'one-of',
      'server-down',
      'cors-refused',
      'key-missing',
    ]);
  });

  it('InstructLab has its one connection already', async () => {
    const routes = { [vllm]: { recording: 'instructlab/busy', isHidden: true } };
    expect(found(await examine('instructlab', vllm, { routes }))).toEqual(['most-likely', 'busy']);
  });

  it('InstructLab is left alone while this browser waits for its answer', async () => {
    const release = await createTurns(vllm).take(new AbortController().signal);
    const examination = await examine('instructlab', vllm, {});
    release();
    expect(found(examination)).toEqual(['known', 'busy']);
    expect(examination.asked).toEqual([]);
  });

  it('it takes the call and says nothing', async () => {
    const routes = { [ollama]: { neverAnswers: true } };
    expect(found(await examine('ollama', ollama, { routes }))).toEqual(['most-likely', 'too-slow']);
  });
});

describe('the browser in between', () => {
  it('a page from https may call no public http address: nothing is asked', async () => {
    const examination = await examine('ollama', 'http://models.example:11434', publicPage);
    expect(found(examination)).toEqual(['known', 'mixed-content']);
    expect(examination.asked).toEqual([]);
  });

  it.each([
    ['denied', 'most-likely', ['local-network-denied']],
    ['prompt', 'one-of', ['local-network-unasked', 'server-down']],
    ['granted', 'one-of', ['mixed-content', 'server-down']],
  ] as const)('Local Network Access %s', async (state, certainty, causes) => {
    const world: World = { ...publicPage, permissions: { 'loopback-network': state } };
    expect(found(await examine('ollama', ollama, world))).toEqual([certainty, ...causes]);
  });

  it('asks by the older name where the browser knows only that', async () => {
    const world: World = { ...publicPage, permissions: { 'local-network-access': 'denied' } };
    expect(found(await examine('ollama', 'http://192.168.1.5:11434', world))).toEqual([
      'most-likely',
      'local-network-denied',
    ]);
  });

  it('does not look for a permission that a page on this device does not need', async () => {
    const world: World = { permissions: { 'loopback-network': 'denied' } };
    expect(found(await examine('ollama', ollama, world))).toEqual(['most-likely', 'server-down']);
  });

  it('a page from plain http may be the reason', async () => {
    const world: World = { origin: 'http://chat.example', isSecureContext: false };
    expect(found(await examine('ollama', ollama, world))).toEqual([
      'one-of',
      'local-network-denied',
      'server-down',
    ]);
  });

  it('waits for the person', async () => {
    const world: World = {
      ...publicPage,
      permissions: { 'loopback-network': 'prompt' },
      routes: { [ollama]: { neverAnswers: true } },
    };
    expect(found(await examine('ollama', ollama, world))).toEqual(['most-likely', 'local-network-unasked']);
  });

  it('a certificate looks like nobody to a page', async () => {
    expect(found(await examine('vllm', 'https://localhost:8000', {}))).toEqual([
      'one-of',
      'certificate-refused',
      'server-down',
    ]);
  });

  it('a certificate, most likely, where the relay gets through', async () => {
    const world: World = { upstreams: [{ url: 'https://localhost:8000' }] };
    expect(found(await examine('vllm', 'https://localhost:8000', world))).toEqual([
      'most-likely',
      'certificate-refused',
    ]);
  });

  it('https where the server speaks http', async () => {
    const { findings, certainty } = await examine('vllm', 'https://localhost:8000', { routes: vllmRoutes });
    expect([certainty, findings[0].cause, findings[0].betterUrl]).toEqual(['known', 'wrong-scheme', vllm]);
  });

  it('http where the server speaks https', async () => {
    const world: World = { routes: { 'https://localhost:8000': { isHidden: true } } };
    expect(found(await examine('vllm', vllm, world))).toEqual(['known', 'wrong-scheme']);
  });

  it('something between browser and server, where the relay gets through', async () => {
    const examination = await examine('ollama', ollama, { upstreams: [{}] });
    expect(found(examination)).toEqual(['known', 'unreachable-from-browser']);
  });

  it('the relay means its own machine by localhost, which says nothing about this one', async () => {
    const world: World = { ...publicPage, upstreams: [{}], permissions: { 'loopback-network': 'prompt' } };
    const examination = await examine('ollama', ollama, world);
    expect(found(examination)).toEqual(['one-of', 'local-network-unasked', 'server-down']);
    // Through the relay, the same address would be the Ollama of another machine.
    expect(examination.findings[0].actions).not.toContain('use-relay');
    expect([examination.relayId, examination.relayLine]).toEqual([undefined, undefined]);
    const granted: World = { ...world, permissions: { 'loopback-network': 'granted' } };
    const mixed = (await examine('ollama', ollama, granted)).findings[0];
    expect([mixed.cause, mixed.fix]).toEqual(['mixed-content', 'Give the server an https address.']);
    const own = await examine('ollama', ollama, world, { id: 'ollama', isAdded: false });
    expect(own.findings[0].actions).toContain('use-relay');
  });
});

describe('an answer that does not help', () => {
  it('vLLM hides that the key is missing or wrong', async () => {
    const routes = {
      ...vllmRoutes,
      [`${vllm}/v1/models`]: { recording: 'vllm/auth-missing-models', isHidden: true },
    };
    expect(found(await examine('vllm', vllm, { routes }))).toEqual(['most-likely', 'key-missing']);
    expect(found(await examine('vllm', vllm, { routes }, { key: 'wrong' }))).toEqual([
      'most-likely',
      'key-wrong',
    ]);
    const refusal = { recording: 'vllm/auth-missing-models', isHidden: true };
    const guarded = { recording: 'vllm/models', key: 'right', refusal };
    const world: World = { routes: { ...vllmRoutes, [`${vllm}/v1/models`]: guarded } };
    expect(found(await examine('vllm', vllm, world, { key: 'right' }))).toEqual(['known', 'works']);
    expect(found(await examine('vllm', vllm, world, { key: 'wrong' }))).toEqual(['most-likely', 'key-wrong']);
  });

  it('llama.cpp says that the key is missing or wrong', async () => {
    const refusal = { recording: 'llamacpp/auth-wrong-chat' };
    const routes = { [`${vllm}/v1/models`]: { recording: 'llamacpp/models', key: 'right', refusal } };
    expect(found(await examine('llamacpp', vllm, { routes }))).toEqual(['known', 'key-missing']);
    expect(found(await examine('llamacpp', vllm, { routes }, { key: 'wrong' }))).toEqual([
      'known',
      'key-wrong',
    ]);
    expect(found(await examine('llamacpp', vllm, { routes }, { key: 'right' }))).toEqual(['known', 'works']);
  });

  it('the preflight is refused, with a key and without', async () => {
    const world: World = { routes: vllmRoutes, noPreflight: [vllm] };
    expect(found(await examine('vllm', vllm, world))).toEqual(['known', 'preflight-refused']);
    expect(found(await examine('vllm', vllm, world, { key: 'k' }))).toEqual(['known', 'preflight-refused']);
  });

  it('Ollama refuses the name by which it is called', async () => {
    const routes = { 'http://models.lan:11434': { status: 403 } };
    const examination = await examine('ollama', 'http://models.lan:11434', { routes });
    expect(found(examination)).toEqual(['known', 'host-refused']);
    expect(examination.findings[0].title).toContain('models.lan');
  });

  it('another kind of server answers', async () => {
    const routes = { ...vllmRoutes, [`${vllm}/`]: { recording: 'vllm/root' } };
    const { findings, certainty } = await examine('ollama', vllm, { routes });
    expect([certainty, findings[0].cause, findings[0].foundKind]).toEqual(['known', 'wrong-kind', 'vllm']);
    expect(findings[0].actions).toEqual(['change-kind']);
  });

  it('InstructLab taken for vLLM, which would break its answers', async () => {
    const routes = {
      [`${vllm}/v1/models`]: { recording: 'instructlab/models' },
      [`${vllm}/`]: { recording: 'instructlab/root' },
      [vllm]: { recording: 'instructlab/notfound' },
    };
    const { findings } = await examine('vllm', vllm, { routes });
    expect(findings[0]).toMatchObject({ cause: 'wrong-kind', foundKind: 'instructlab' });
  });

  it('vLLM that hides that it wants a key, taken for another kind', async () => {
    const routes = { ...vllmRoutes, [`${vllm}/v1/models`]: { isHidden: true } };
    for (const kind of ['llamacpp', 'instructlab'] as const) {
      const { certainty, findings } = await examine(kind, vllm, { routes });
      expect([certainty, findings[0].cause, findings[0].foundKind]).toEqual(['known', 'wrong-kind', 'vllm']);
    }
  });

  it('llama.cpp taken for vLLM and for InstructLab, whose lists of models look the same', async () => {
    const routes = {
      [`${vllm}/v1/models`]: { recording: 'llamacpp/models' },
      [`${vllm}/props`]: { recording: 'llamacpp/props' },
      [vllm]: { status: 404, body: '{"error":{"message":"File Not Found"}}' },
    };
    for (const kind of ['vllm', 'instructlab'] as const) {
      const { certainty, findings } = await examine(kind, vllm, { routes });
      expect([certainty, findings[0].cause, findings[0].foundKind]).toEqual([
        'known',
        'wrong-kind',
        'llamacpp',
      ]);
    }
    expect(found(await examine('openai', vllm, { routes }))).toEqual(['known', 'works']);
  });

  it('a key where Ollama should be, which knows none', async () => {
    const locked = { status: 401, body: '{"error":{"message":"Invalid API Key"}}' };
    const proxy = await examine('ollama', ollama, { routes: { [ollama]: locked } });
    expect(found(proxy)).toEqual(['most-likely', 'key-missing']);
    const routes = { [ollama]: locked, [`${ollama}/health`]: { body: '{"status":"ok"}' } };
    const { certainty, findings } = await examine('ollama', ollama, { routes });
    expect([certainty, findings[0].cause, findings[0].foundKind]).toEqual([
      'most-likely',
      'wrong-kind',
      'llamacpp',
    ]);
  });

  it('a path too many beside a key that is right', async () => {
    const refusal = { recording: 'llamacpp/auth-wrong-chat' };
    const guarded = (route: Route): Route => ({ ...route, key: 'right', refusal });
    const routes = {
      [`${vllm}/props`]: guarded({ recording: 'llamacpp/props' }),
      [vllm]: guarded({ status: 404, body: '{}' }),
    };
    const examination = await examine('llamacpp', `${vllm}/chat`, { routes }, { key: 'right' });
    expect(found(examination)).toEqual(['known', 'wrong-path']);
    expect(examination.findings[0].betterUrl).toBe(vllm);
  });

  it('a port that answers http and https alike wants https', async () => {
    const secure = vllm.replace('http:', 'https:');
    const routes = { [vllm]: { status: 400, isHidden: true }, [secure]: { isHidden: true } };
    const { certainty, findings } = await examine('llamacpp', `${vllm}/v1`, { routes });
    expect([certainty, findings[0].cause, findings[0].betterUrl]).toEqual([
      'known',
      'wrong-scheme',
      `${secure}/v1`,
    ]);
  });

  it('TLS with a certificate that the browser does not trust: only the relay sees it', async () => {
    const error = { code: 'bad-request', message: 'It speaks TLS.', detail: { said: 'SPEAKS_TLS' } } as const;
    const world: World = { upstreams: [{ state: 'misconfigured', error }] };
    expect(found(await examine('ollama', ollama, world))).toEqual(['known', 'wrong-scheme']);
    const without = await examine('ollama', ollama, {});
    expect(found(without)).toEqual(['most-likely', 'server-down']);
    expect(without.findings[0].fix).toContain('https with a certificate that this browser does not trust');
  });

  it('a path too many', async () => {
    const { findings, certainty } = await examine('ollama', `${ollama}/chat`, { routes: ollamaRoutes });
    expect([certainty, findings[0].cause, findings[0].betterUrl]).toEqual(['known', 'wrong-path', ollama]);
  });

  it('a web page', async () => {
    const routes = { [vllm]: { body: '<!doctype html><title>Router login</title>' } };
    const examination = await examine('openai', vllm, { routes });
    expect(found(examination)).toEqual(['most-likely', 'not-a-model-server']);
    expect(examination.findings[0].why).toContain('Router login');
  });

  it.each([
    [503, '{"error":{"message":"Loading model"}}', 'loading'],
    [503, 'Service Unavailable', 'busy'],
    [429, 'slow down', 'busy'],
    [500, 'broken', 'server-failing'],
  ] as const)('status %d, %s', async (status, body, cause) => {
    expect(found(await examine('llamacpp', vllm, { routes: { [vllm]: { status, body } } }))).toEqual([
      'known',
      cause,
    ]);
  });

  it('the model is missing: with the line that gets it', async () => {
    const examination = await examine('ollama', ollama, { routes: ollamaRoutes }, { modelId: 'nope:1b' });
    expect(found(examination)).toEqual(['known', 'model-missing']);
    expect(examination.findings[0].commands[0]?.text).toBe('ollama pull nope:1b');
  });

  it('a name without its tag is the same model', async () => {
    const examination = await examine('ollama', ollama, { routes: ollamaRoutes }, { modelId: 'smollm2' });
    expect(found(examination)).toEqual(['known', 'works']);
  });

  it('there is no model at all', async () => {
    const routes = { ...ollamaRoutes, [`${ollama}/api/tags`]: { body: '{"models":[]}' } };
    expect(found(await examine('ollama', ollama, { routes }))).toEqual(['known', 'no-models']);
  });

  it('what was typed is no address', async () => {
    expect(found(await examine('ollama', 'localhost 11434', {}))).toEqual(['known', 'bad-address']);
  });
});

describe('through the relay', () => {
  const through = { via: 'relay', isAdded: false, serverUrl: ollama } as const;
  const url = 'http://localhost:4173/relay/one';
  const failing = (
    code: 'unreachable' | 'bad-request' | 'server-failed' | 'timeout' | 'unauthorized',
    detail = {},
    more: Partial<UpstreamStatus> = {},
  ) => ({
    upstreams: [
      { ...more, state: 'unreachable', error: { code, message: 'The relay says why.', detail } } as const,
    ],
  });

  it.each<[string, World, [Certainty, ...Cause[]]]>([
    ['the relay is silent', { relay: { state: 'silent', said: 'No.' } }, ['known', 'relay-not-reachable']],
    ['the relay wants its token', { relay: { state: 'wants-token' } }, ['known', 'relay-wants-token']],
    ['well', { upstreams: [{ models: [{ id: 'm' }], version: '1', latencyMs: 3 }] }, ['known', 'works']],
    ['no model', { upstreams: [{}] }, ['known', 'no-models']],
    ['busy', { upstreams: [{ kind: 'instructlab' }] }, ['most-likely', 'busy']],
    ['down', failing('unreachable', { said: 'ECONNREFUSED' }), ['known', 'server-down']],
    ['no such name', failing('unreachable', { said: 'ENOTFOUND' }), ['known', 'name-not-found']],
    [
      'certificate',
      failing('unreachable', { said: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
      ['known', 'certificate-refused'],
    ],
    ['no HTTP', failing('server-failed', { said: 'HPE_INVALID_CONSTANT' }), ['known', 'not-a-model-server']],
    ['TLS', failing('bad-request', { said: 'SPEAKS_TLS' }), ['known', 'wrong-scheme']],
    ['no TLS', failing('unreachable', { said: 'ERR_SSL_WRONG_VERSION_NUMBER' }), ['known', 'wrong-scheme']],
    [
      'a server that says it wants TLS',
      failing('bad-request', { status: 400, said: 'Client sent an HTTP request to an HTTPS server.' }),
      ['known', 'wrong-scheme'],
    ],
    ['slow', failing('timeout'), ['known', 'too-slow']],
    ['503', failing('server-failed', { status: 503 }), ['known', 'busy']],
    ['401 without a key', failing('unauthorized', { status: 401 }), ['known', 'key-missing']],
    ['401 with a key', failing('unauthorized', { status: 401 }, { hasKey: true }), ['known', 'key-wrong']],
    ['403 of Ollama', failing('unauthorized', { status: 403 }), ['most-likely', 'host-refused']],
    ['404', failing('bad-request', { status: 404 }), ['one-of', 'wrong-path', 'not-a-model-server']],
  ])('%s', async (_, world, expected) => {
    expect(found(await examine('ollama', url, world, through))).toEqual(expected);
  });

  it('the model is missing', async () => {
    const world: World = { upstreams: [{ models: [{ id: 'm' }] }] };
    expect(found(await examine('ollama', url, world, { ...through, modelId: 'other' }))).toEqual([
      'known',
      'model-missing',
    ]);
  });

  it('another kind of server, where the page may see it', async () => {
    const world: World = {
      ...failing('bad-request', { status: 404 }),
      routes: { [`${ollama}/version`]: { recording: 'vllm/version' }, [ollama]: { status: 404 } },
    };
    const { findings } = await examine('ollama', url, world, through);
    expect(findings[0]).toMatchObject({ cause: 'wrong-kind', foundKind: 'vllm' });
    expect(findings[0].fix).toContain('VLLM_BASE_URL');
    expect(findings[0].actions).toEqual([]);
  });
});

it('an abort ends the questions', async () => {
  const { createServerQuestions } = await import('../../../../src/backends/doctor/server-questions');
  const controller = new AbortController();
  controller.abort(new Error('closed'));
  const tools = { fetch: () => Promise.reject(new TypeError('called')), pauseMs: 0, patienceMs: 10 };
  const questions = createServerQuestions(tools as never, controller.signal);
  await expect(questions.get('http://h')).rejects.toThrow('closed');
});
