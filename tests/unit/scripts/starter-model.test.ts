/** The starter model's sources in their order, with a small file and a real HTTP server in place of the hub. */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ensureStarterModel } from '../../../scripts/starter-model.mjs';

const content = Buffer.from(Array.from({ length: 50_000 }, (_, index) => index % 251));
const bytes = Buffer.concat([Buffer.from('GGUF'), content]);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const file = 'tiny.gguf';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const whole: Answer = (_request, response) => response.end(bytes);
const ranged: Answer = (request, response) => {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  response.writeHead(start > 0 ? 206 : 200);
  response.end(bytes.subarray(start));
};

let directory: string;
let models: string;
let answer: Answer;
let requests: IncomingMessage[];
let hub: ReturnType<typeof createServer>;
let said: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'starter-model-'));
  models = join(directory, 'models');
  requests = [];
  said = '';
  answer = ranged;
  hub = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  // No Python: the second source must not reach for a network in a unit test.
  vi.stubEnv('PATH', directory);
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  hub.closeAllConnections();
  await new Promise((resolve) => hub.close(resolve));
  await rm(directory, { recursive: true, force: true });
});

function ensure(environment: NodeJS.ProcessEnv = {}) {
  const { port } = hub.address() as AddressInfo;
  return ensureStarterModel({
    models,
    environment: { SWITCHYARD_CACHE: join(directory, 'cache'), ...environment },
    facts: {
      file,
      label: 'Tiny',
      bytes: bytes.length,
      sha256,
      license: 'MIT',
      suggestedParams: { temperature: 0.2, topP: 0.9 },
      hubUrl: `http://127.0.0.1:${port}/${file}`,
      wheel: 'none==0',
    },
  });
}

describe('ensureStarterModel', () => {
  it('downloads, describes and keeps the licence', async () => {
    const path = await ensure();
    expect(path).toBe(join(models, file));
    expect(await readFile(join(models, file))).toEqual(bytes);
    const manifest: unknown = JSON.parse(await readFile(join(models, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject([{ file, id: 'tiny', bytes: bytes.length, sha256, license: 'MIT' }]);
    expect(await readFile(join(models, 'LICENSE-SmolLM2.txt'), 'utf8')).toContain('Apache License');
  });

  it('serves a second clone from the cache', async () => {
    await ensure();
    await rm(models, { recursive: true });
    expect(await ensure()).toBeDefined();
    expect(requests).toHaveLength(1);
  });

  it('does not believe a damaged cache', async () => {
    await ensure();
    await rm(models, { recursive: true });
    await writeFile(join(directory, 'cache', 'models', file), Buffer.alloc(bytes.length));
    expect(await ensure()).toBeDefined();
    expect(await readFile(join(models, file))).toEqual(bytes);
    expect(requests).toHaveLength(2);
  });

  it('goes on where a download stopped', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': bytes.length });
      response.write(bytes.subarray(0, 20_000), () => response.destroy());
    };
    expect(await ensure()).toBeUndefined();
    const { size } = await stat(join(models, `${file}.part`));
    expect(size).toBeGreaterThan(0);
    answer = ranged;
    requests = [];
    expect(await ensure()).toBeDefined();
    expect(requests[0]?.headers.range).toBe(`bytes=${size}-`);
    expect(await readFile(join(models, file))).toEqual(bytes);
  });

  it('starts over where the server knows no ranges', async () => {
    await ensure();
    await rm(join(directory, 'cache'), { recursive: true });
    await rm(join(models, file));
    await writeFile(join(models, `${file}.part`), bytes.subarray(0, 100));
    answer = whole;
    await ensure();
    expect(await readFile(join(models, file))).toEqual(bytes);
  });

  it('never takes a wrong file for the model, and says what to do', async () => {
    answer = (_request, response) => response.end('<html>Please log in to this network</html>');
    expect(await ensure()).toBeUndefined();
    expect((await readdir(models)).filter((name) => name.endsWith('.gguf'))).toEqual([]);
    expect(said).toContain('tiny.gguf is not the file it should be');
    answer = (_request, response) => response.end(Buffer.concat([bytes.subarray(0, -1), Buffer.from('x')]));
    expect(await ensure()).toBeUndefined();
    expect(await readdir(models)).toEqual([]);
    expect(said).toContain('SHA-256 differs');
    expect(said).toContain('STARTER_MODEL=off');
  });

  it('replaces a file that was changed after it was verified', async () => {
    await ensure();
    await rm(join(models, file));
    await writeFile(join(models, file), Buffer.alloc(bytes.length));
    await utimes(join(models, file), 1, 1);
    await ensure();
    expect(await readFile(join(models, file))).toEqual(bytes);
  });

  it('does nothing when it is switched off', async () => {
    expect(await ensure({ STARTER_MODEL: 'off' })).toBeUndefined();
    expect(requests).toEqual([]);
    expect(said).toBe('');
  });

  it('keeps what a person added to the manifest', async () => {
    await ensure();
    const path = join(models, 'manifest.json');
    const entries = JSON.parse(await readFile(path, 'utf8')) as unknown[];
    await writeFile(path, JSON.stringify([...entries, { file: 'mine.gguf', label: 'Mine' }]));
    await ensure();
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject([{ file }, { file: 'mine.gguf' }]);
  });
});
