import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readSettings } from '../../../../relay/settings/config';
import type { Environment } from '../../../../relay/settings/environment';

const read = (variables: Environment) => readSettings(variables, { root: '/project', version: '1.0.0' });
const upstreams = (variables: Environment) =>
  read(variables).upstreams.map(({ id, kind, baseUrl }) => `${id} ${kind} ${baseUrl}`);

function configFile(content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'upstreams.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('defaults', () => {
  it('looks for Ollama and vLLM on their usual local ports and for nothing else', () => {
    expect(read({})).toEqual({
      host: '127.0.0.1',
      port: 4173,
      backendType: 'local',
      upstreams: [
        { id: 'ollama', kind: 'ollama', label: 'Ollama', baseUrl: 'http://127.0.0.1:11434' },
        { id: 'vllm', kind: 'vllm', label: 'vLLM', baseUrl: 'http://127.0.0.1:8000' },
      ],
      searches: [],
      databases: [],
      tokens: [],
      allowedOrigins: [],
      allowedHosts: [],
      connectTimeoutMs: 5000,
      idleTimeoutMs: 0,
      totalTimeoutMs: 0,
      headersTimeoutMs: 20_000,
      requestTimeoutMs: 300_000,
      headerLimitBytes: 16_384,
      shutdownGraceMs: 10_000,
      logLevel: 'warn',
      hasMetrics: false,
      allowsModelChanges: false,
      bodyLimitBytes: 33_554_432,
      sseKeepaliveMs: 0,
      hasLanes: true,
      keepAnswerMs: 60_000,
      keepAnswerBytes: 67_108_864,
      pageDirectory: resolve('/project/dist/page'),
      modelsDirectory: resolve('/project/models'),
      version: '1.0.0',
    });
  });

  it('takes an empty variable for an unset one', () => {
    expect(read({ PORT: '', OLLAMA_BASE_URL: ' ', RELAY_TOKEN: '' })).toEqual(read({}));
  });
});

describe('a mirror of the model hub', () => {
  it.each([
    ['https://models.example', 'https://models.example'],
    ['http://box:8080/hub/', 'http://box:8080/hub'],
  ])('%s', (given, expected) => {
    expect(read({ SWITCHYARD_MODEL_MIRROR: given }).modelMirror).toBe(expected);
  });
});

describe('upstreams from variables', () => {
  it.each([
    [{ OPENAI_BASE_URL: 'https://api.example/v1' }, 'openai openai https://api.example'],
    [{ OPENAI_BASE_URL: 'https://api.example/proxy/v1/' }, 'openai openai https://api.example/proxy'],
    [{ LLAMACPP_BASE_URL: 'http://box:8080' }, 'llamacpp llamacpp http://box:8080'],
    [{ OLLAMA_BASE_URL: 'http://box:1/' }, 'ollama ollama http://box:1'],
    [{ INSTRUCTLAB_BASE_URL: 'http://box:8000/v1' }, 'instructlab instructlab http://box:8000'],
    [{ LLM_BACKEND_TYPE: 'llamacpp' }, 'llamacpp llamacpp http://127.0.0.1:8080'],
  ])('%j', (variables, expected) => {
    expect(upstreams(variables)).toContain(expected);
  });

  it.each([
    [{ INSTRUCTLAB_BASE_URL: 'http://localhost:8000' }],
    [{ LLAMACPP_BASE_URL: 'http://127.0.0.1:8000/v1' }],
    [{ LLM_BACKEND_TYPE: 'instructlab' }],
    [{ OPENAI_BASE_URL: 'http://[::1]:8000' }],
  ])('%j takes the place of the vLLM that would be looked for on the same port', (variables) => {
    expect(read(variables).upstreams.map(({ kind }) => kind)).not.toContain('vllm');
  });

  it('keeps both when vLLM is named too', () => {
    const both = { INSTRUCTLAB_BASE_URL: 'http://localhost:8000', VLLM_BASE_URL: 'http://gpu:8000' };
    expect(upstreams(both)).toContain('vllm vllm http://gpu:8000');
  });

  it('makes a bearer of the key, and hides credentials of the URL', () => {
    const [withKey] = read({ OLLAMA_BASE_URL: 'http://box', OLLAMA_API_KEY: 'k-1' }).upstreams;
    expect(withKey?.authorization).toBe('Bearer k-1');
    const [withUser] = read({ OLLAMA_BASE_URL: 'http://me:s%20t@box:1/x' }).upstreams;
    expect(withUser).toMatchObject({ baseUrl: 'http://box:1/x', authorization: `Basic ${btoa('me:s t')}` });
  });
});

describe('upstreams from a file', () => {
  const entry = {
    id: 'lab',
    kind: 'vllm',
    label: 'Lab GPU',
    baseUrl: 'http://gpu:9/v1',
    apiKeyEnv: 'LAB_KEY',
  };

  it.each([[[entry]], [{ upstreams: [entry] }]])('replaces the variables: %j', (content) => {
    const variables = {
      SWITCHYARD_CONFIG: configFile(content),
      OLLAMA_BASE_URL: 'http://box',
      LAB_KEY: 'secret',
    };
    expect(read(variables).upstreams).toEqual([
      { id: 'lab', kind: 'vllm', label: 'Lab GPU', baseUrl: 'http://gpu:9', authorization: 'Bearer secret' },
    ]);
  });

  it('keeps the servers of the variables when it lists none', () => {
    const variables = { SWITCHYARD_CONFIG: configFile({ tokens: [] }), OLLAMA_BASE_URL: 'http://box' };
    expect(upstreams(variables)).toContain('ollama ollama http://box');
  });

  it.each([
    ['an id twice', [entry, entry], /the id "lab" stands twice/],
    ['a key that is not there', [{ ...entry, apiKeyEnv: 'OTHER' }], /^OTHER is not set/],
  ])('refuses %s', (_name, content, message) => {
    expect(() => read({ SWITCHYARD_CONFIG: configFile(content), LAB_KEY: 'x' })).toThrow(message);
  });

  it('refuses a file that is not there', () => {
    expect(() => read({ SWITCHYARD_CONFIG: '/nowhere.json' })).toThrow(/^SWITCHYARD_CONFIG: .*nowhere\.json/);
  });
});

describe('tokens', () => {
  const file = (tokens: unknown) => configFile({ tokens });
  const ada = { name: 'ada', tokenEnv: 'ADA_TOKEN', requestsPerMinute: 60, concurrent: 2 };

  it('come from RELAY_TOKEN and from the file, their values from the environment', () => {
    const variables = { SWITCHYARD_CONFIG: file([ada]), ADA_TOKEN: 'a', RELAY_TOKEN: 'r' };
    expect(read(variables).tokens).toEqual([
      { name: 'relay', value: 'r' },
      { name: 'ada', value: 'a', requestsPerMinute: 60, concurrent: 2 },
    ]);
  });

  it('an entry for RELAY_TOKEN names and limits it', () => {
    const tokens = [{ name: 'team', tokenEnv: 'RELAY_TOKEN', concurrent: 1 }];
    expect(read({ SWITCHYARD_CONFIG: file(tokens), RELAY_TOKEN: 'r' }).tokens).toEqual([
      { name: 'team', value: 'r', concurrent: 1 },
    ]);
  });

  it('of the file are enough for other machines', () => {
    const variables = { HOST: '0.0.0.0', SWITCHYARD_CONFIG: file([ada]), ADA_TOKEN: 'a' };
    expect(read(variables).tokens).toHaveLength(1);
    expect(() => read({ HOST: '0.0.0.0', SWITCHYARD_CONFIG: file([]) })).toThrow(/RELAY_TOKEN/);
  });

  it.each([
    ['a value that is not there', [ada], {}, /^ADA_TOKEN is not set, but the token "ada"/],
    ['a value with a space', [ada], { ADA_TOKEN: 'a b' }, /^ADA_TOKEN must consist of printable(?!.*a b)/],
    ['a name twice', [ada, ada], { ADA_TOKEN: 'a' }, /two tokens have the name "ada"/],
    [
      'a value twice',
      [ada, { name: 'bob', tokenEnv: 'BOB' }],
      { ADA_TOKEN: 'secret', BOB: 'secret' },
      /the tokens "ada" and "bob" have the same value(?!.*secret)/,
    ],
    [
      'a limit of nothing',
      [{ ...ada, concurrent: 0 }],
      { ADA_TOKEN: 'a' },
      /tokens\[0\]\.concurrent must be/,
    ],
  ])('refuses %s', (_name, tokens, variables, message) => {
    expect(() => read({ SWITCHYARD_CONFIG: file(tokens), ...variables })).toThrow(message);
  });
});

describe('TLS', () => {
  const pem = (name: string) => fileURLToPath(new URL(`../../../fixtures/tls/${name}.pem`, import.meta.url));

  it('takes a certificate and its key', () => {
    const { tls } = read({ RELAY_TLS_CERT: pem('cert'), RELAY_TLS_KEY: pem('key') });
    expect(tls?.cert).toMatch(/^-----BEGIN CERTIFICATE/);
  });

  it.each([
    [{ RELAY_TLS_CERT: pem('cert') }, /^RELAY_TLS_CERT is set, so RELAY_TLS_KEY must/],
    [{ RELAY_TLS_KEY: pem('key') }, /^RELAY_TLS_KEY is set, so RELAY_TLS_CERT must/],
    [
      { RELAY_TLS_CERT: '/no.pem', RELAY_TLS_KEY: pem('key') },
      /^RELAY_TLS_CERT: the file cannot be read: .*no\.pem/,
    ],
    [{ RELAY_TLS_CERT: pem('cert'), RELAY_TLS_KEY: '/no.pem' }, /^RELAY_TLS_KEY: the file cannot be read/],
    [{ RELAY_TLS_CERT: pem('key'), RELAY_TLS_KEY: pem('key') }, /^RELAY_TLS_CERT: .* holds no certificate/],
    [{ RELAY_TLS_CERT: pem('cert'), RELAY_TLS_KEY: pem('cert') }, /^RELAY_TLS_KEY: .* holds no private key/],
    [{ RELAY_TLS_CERT: pem('cert'), RELAY_TLS_KEY: pem('other-key') }, /^RELAY_TLS_KEY: .* does not belong/],
  ])('%j gives one sentence that names the variable', (variables, message) => {
    expect(() => read(variables)).toThrow(message);
  });
});

describe('bad values', () => {
  it.each([
    [{ PORT: 'abc' }, /^PORT must be a whole number from 0 to 65535\. It is "abc"\.$/],
    [{ PORT: '70000' }, /^PORT must be/],
    [{ LLM_BACKEND_TYPE: 'gpt' }, /^LLM_BACKEND_TYPE must be one of local, ollama/],
    [{ LLM_BACKEND_TYPE: 'openai' }, /^LLM_BACKEND_TYPE is openai, so OPENAI_BASE_URL/],
    [{ OLLAMA_BASE_URL: 'localhost:11434' }, /^OLLAMA_BASE_URL must be an http or https URL/],
    [{ VLLM_BASE_URL: 'http://box/?key=1' }, /^VLLM_BASE_URL must be/],
    [{ RELAY_ALLOWED_ORIGINS: '*' }, /^RELAY_ALLOWED_ORIGINS must list exact origins/],
    [{ RELAY_ALLOWED_ORIGINS: 'https://a.example/path' }, /^RELAY_ALLOWED_ORIGINS/],
    [{ RELAY_ALLOWED_HOSTS: '*.example' }, /^RELAY_ALLOWED_HOSTS must list host names/],
    [{ RELAY_IDLE_TIMEOUT_MS: '-1' }, /^RELAY_IDLE_TIMEOUT_MS must be/],
    [{ RELAY_ALLOW_MODEL_CHANGES: 'yes' }, /^RELAY_ALLOW_MODEL_CHANGES must be on or off/],
    [{ RELAY_BODY_LIMIT_BYTES: '1e9' }, /^RELAY_BODY_LIMIT_BYTES must be/],
    [{ RELAY_CONNECT_TIMEOUT_MS: '0' }, /^RELAY_CONNECT_TIMEOUT_MS must be/],
    [{ RELAY_TOTAL_TIMEOUT_MS: '5s' }, /^RELAY_TOTAL_TIMEOUT_MS must be/],
    [{ RELAY_HEADERS_TIMEOUT_MS: '10' }, /^RELAY_HEADERS_TIMEOUT_MS must be/],
    [{ RELAY_REQUEST_TIMEOUT_MS: '-5' }, /^RELAY_REQUEST_TIMEOUT_MS must be/],
    [{ RELAY_HEADER_LIMIT_BYTES: '1' }, /^RELAY_HEADER_LIMIT_BYTES must be/],
    [{ RELAY_SHUTDOWN_GRACE_MS: 'long' }, /^RELAY_SHUTDOWN_GRACE_MS must be/],
    [{ RELAY_LOG: 'debug' }, /^RELAY_LOG must be one of off, error, warn, info/],
    [{ RELAY_METRICS: 'yes' }, /^RELAY_METRICS must be on or off/],
    [{ SWITCHYARD_MODEL_MIRROR: 'models.lan' }, /^SWITCHYARD_MODEL_MIRROR must be an http or https URL/],
    [{ SWITCHYARD_MODEL_MIRROR: 'https://a.lan/?x=1' }, /^SWITCHYARD_MODEL_MIRROR must be/],
    [{ RELAY_TOKEN: 'two words' }, /^RELAY_TOKEN must consist of printable/],
    [{ HOST: '0.0.0.0' }, /^HOST is 0\.0\.0\.0, .*RELAY_TOKEN/],
    [{ HOST: '192.168.1.5' }, /^HOST is 192/],
  ])('%j gives one sentence that names the variable', (variables, message) => {
    expect(() => read(variables)).toThrow(message);
  });

  it('does not repeat a secret', () => {
    expect(() => read({ OPENAI_API_KEY: 'sk 123' })).toThrow(/^OPENAI_API_KEY (?!.*sk 123)/);
    expect(() => read({ OPENAI_BASE_URL: 'ftp://me:secret@box' })).toThrow(/^OPENAI_BASE_URL (?!.*secret)/);
    // The page would have to know it.
    expect(() => read({ SWITCHYARD_MODEL_MIRROR: 'https://me:secret@box' })).toThrow(
      /^SWITCHYARD_MODEL_MIRROR must be (?!.*secret)/,
    );
  });

  it.each(['127.0.0.1', 'localhost', '::1', '127.0.0.2'])('needs no token on %s', (host) => {
    expect(read({ HOST: host }).tokens).toEqual([]);
  });
});
