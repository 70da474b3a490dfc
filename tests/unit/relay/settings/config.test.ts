import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
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
      allowedOrigins: [],
      allowedHosts: [],
      idleTimeoutMs: 0,
      bodyLimitBytes: 33_554_432,
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

  it.each([
    ['no JSON', '{', /SWITCHYARD_CONFIG: .* cannot be read as JSON/],
    ['another shape', { servers: [] }, /SWITCHYARD_CONFIG: .*must be a list of upstreams/],
    ['an unknown kind', [{ ...entry, kind: 'tgi' }], /SWITCHYARD_CONFIG: .*0\.kind must be one of ollama/],
    ['an id with a slash', [{ ...entry, id: 'a/b' }], /0\.id must consist of letters/],
    ['an id of the page', [{ ...entry, id: 'wllama' }], /0\.id is taken/],
    ['a file URL', [{ ...entry, baseUrl: 'file:///etc' }], /0\.baseUrl must be an http or https URL/],
    ['an id twice', [entry, entry], /the id "lab" stands twice/],
    ['a key that is not there', [{ ...entry, apiKeyEnv: 'OTHER' }], /^OTHER is not set/],
  ])('refuses %s', (_name, content, message) => {
    expect(() => read({ SWITCHYARD_CONFIG: configFile(content), LAB_KEY: 'x' })).toThrow(message);
  });

  it('refuses a file that is not there', () => {
    expect(() => read({ SWITCHYARD_CONFIG: '/nowhere.json' })).toThrow(/^SWITCHYARD_CONFIG: .*nowhere\.json/);
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
    [{ RELAY_BODY_LIMIT_BYTES: '1e9' }, /^RELAY_BODY_LIMIT_BYTES must be/],
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
    expect(read({ HOST: host }).token).toBeUndefined();
  });
});
