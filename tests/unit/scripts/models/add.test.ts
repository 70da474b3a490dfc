/** `npm run models -- add` from a hub on this machine to a relay that lists and serves what came. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ModelsFolder } from '../../../../relay/serve/models-folder';
import { add } from '../../../../scripts/models/add.mjs';
import { catalogueLines } from '../../../../scripts/models/catalogue-lines';
import { FakeHub, type HubFile, padded } from '../../../support/fake-hub';
import { fakeServer, jsonByPath } from '../../relay/support/fake-server';
import { runningRelay } from '../../relay/support/running-relay';

const fixtures = fileURLToPath(new URL('../../../fixtures/tiny-model/', import.meta.url));
const program = fileURLToPath(new URL('../../../../scripts/models.mjs', import.meta.url));
const gguf = readFileSync(join(fixtures, 'tiny-q8_0.gguf'));
const onnxFolder: HubFile[] = [
  'config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'onnx/model.onnx',
].map((path) => ({ path, content: readFileSync(join(fixtures, 'transformers', path)) }));

let hub: FakeHub;
let models: string;
let environment: NodeJS.ProcessEnv;
let said: string;

beforeEach(async () => {
  hub = new FakeHub();
  await hub.open();
  models = mkdtempSync(join(tmpdir(), 'switchyard-add-'));
  environment = { RELAY_MODELS_DIR: models, SWITCHYARD_MODEL_MIRROR: `${hub.url}/` };
  said = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  onTestFinished(async () => {
    vi.restoreAllMocks();
    await hub.close();
    rmSync(models, { recursive: true });
  });
});

const listed = () => new ModelsFolder(models).list();
const text = (content: string): Buffer => Buffer.from(content);

describe('a model of the hub', () => {
  it('as GGUF is described by its own header, listed and served', async () => {
    hub.put(
      'someone/Tiny-GGUF',
      { path: 'tiny-q8_0.gguf', content: gguf },
      { path: 'README.md', content: text('#') },
    );
    await add(['someone/Tiny-GGUF'], environment);
    const [model] = await listed();
    expect(model).toMatchObject({
      id: 'someone/Tiny-GGUF/tiny-q8_0.gguf',
      engine: 'wllama',
      label: 'Tiny-GGUF',
      quantization: 'Q8_0',
      contextLength: 1024,
      shape: { layers: 2, keyValueHeads: 2, headSize: 32 },
    });
    const relay = await runningRelay({ modelsDirectory: models });
    const served = await fetch(relay.url + (model?.files[0]?.sources[0] ?? ''));
    const bytes = Buffer.from(await served.arrayBuffer());
    expect([served.status, bytes.equals(gguf)]).toEqual([200, true]);
    expect(model?.files[0]?.sha256).toBe(createHash('sha256').update(gguf).digest('hex'));
  });

  it('as a folder for Transformers.js comes with everything it needs', async () => {
    hub.put('someone/Tiny-ONNX', ...onnxFolder, { path: 'README.md', content: text('#') });
    await add(['someone/Tiny-ONNX'], environment);
    const [model] = await listed();
    expect(model?.files.map(({ path }) => path)).toEqual(onnxFolder.map(({ path }) => path));
    expect(readdirSync(join(models, 'someone--Tiny-ONNX')).sort()).toEqual([
      'config.json',
      'onnx',
      'tokenizer.json',
      'tokenizer_config.json',
    ]);
    expect(model).toMatchObject({ engine: 'transformers', quantization: 'fp32', contextLength: 1024 });
  });

  it('that offers several builds is asked about', async () => {
    hub.put('someone/Many', { path: 'm-Q4_0.gguf', content: gguf }, { path: 'm-Q8_0.gguf', content: gguf });
    await expect(add(['someone/Many'], environment)).rejects.toThrow(/--build Q4_0 .*\n.*--build Q8_0/);
    await expect(add(['someone/Many', '--build', 'q5_0'], environment)).rejects.toThrow(/has no build q5_0/);
    await add(['someone/Many', '--build', 'q8_0', '--engine', 'wllama'], environment);
    expect((await listed()).map(({ quantization }) => quantization)).toEqual(['Q8_0']);
  });

  it('in parts is one model', async () => {
    const parts = [1, 2].map((number) => ({ path: `m-Q8_0-0000${number}-of-00002.gguf`, content: gguf }));
    hub.put('someone/Split', ...parts);
    await add(['someone/Split'], environment);
    expect((await listed()).map(({ files }) => files.length)).toEqual([2]);
  });

  it('is kept out where its names lead out of the folder', async () => {
    hub.put('someone/Evil', { path: '../../evil.gguf', content: gguf });
    await expect(add(['someone/Evil'], environment)).rejects.toThrow(/cannot serve a file called/);
    expect(readdirSync(models)).toEqual([]);
  });
});

describe('a model of the catalogue', () => {
  it('brings what the catalogue knows of it', async () => {
    const graph = onnxFolder.map((file) =>
      file.path === 'onnx/model.onnx' ? { ...file, path: 'onnx/model_quantized.onnx' } : file,
    );
    hub.put('Xenova/all-MiniLM-L6-v2', ...graph);
    await add(['All-MiniLM-L6-v2', '--build', 'Q8'], environment);
    expect(await listed()).toMatchObject([
      {
        id: 'all-minilm-l6-v2-q8',
        engine: 'transformers',
        quantization: 'q8',
        license: 'Apache-2.0',
        contextLength: 512,
        capabilities: { embedding: true },
        embedding: { pooling: 'mean', isNormalized: true },
      },
    ]);
    const lines = await catalogueLines(models);
    expect(lines.filter((line) => line.endsWith('in models/'))).toHaveLength(1);
  });

  it('for WebLLM takes the library from the mirror that has it', async () => {
    hub.put(
      'mlc-ai/Qwen3-0.6B-q4f16_1-MLC',
      { path: 'mlc-chat-config.json', content: text('{"quantization":"q4f16_1"}') },
      { path: 'tensor-cache.json', content: text('{"records":[{"dataPath":"params_shard_0.bin"}]}') },
      { path: 'tokenizer.json', content: text('{}') },
      { path: 'params_shard_0.bin', content: Buffer.alloc(1000, 7) },
      { path: 'model-library.wasm', content: Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]) },
    );
    await add(['qwen3-0.6b-q4f16_1'], environment);
    expect(await listed()).toMatchObject([
      { id: 'qwen3-0.6b-q4f16_1', engine: 'webllm', label: 'Qwen3 0.6B', files: { length: 5 } },
    ]);
  });

  it('that does not exist is answered with the nearest names', async () => {
    await expect(add(['qwen3-06b'], environment)).rejects.toThrow(
      /no model qwen3-06b. Did you mean qwen3-0.6b/,
    );
    await expect(add(['xyzzyxyzzyxyzzy'], environment)).rejects.toThrow(/models -- list shows them all/);
    await expect(add(['qwen3-0.6b', '--engine', 'ollama'], environment)).rejects.toThrow(/no engine ollama/);
    await expect(add([], environment)).rejects.toThrow(/add ID/);
    await expect(add(['a', '--bild', 'x'], environment)).rejects.toThrow(/add ID/);
    expect(hub.requests).toEqual([]);
  });
});

describe('what goes wrong on the way', () => {
  it('a disk without room is found out before anything is downloaded', async () => {
    const path = 'qwen2.5-0.5b-instruct-q4_k_m.gguf';
    const large = await fakeServer(
      jsonByPath({
        '/api/models/Qwen/Qwen2.5-0.5B-Instruct-GGUF/tree/main?recursive=true': [
          { type: 'file', path, size: 4e15 },
        ],
      }),
    );
    const asking = add(['qwen2.5-0.5b-instruct'], { ...environment, SWITCHYARD_MODEL_MIRROR: large.url });
    await expect(asking).rejects.toThrow(/not enough room .*: 4000000000 MB are needed, \d+ MB are free/);
    expect(large.requests).toHaveLength(1);
    expect(await listed()).toEqual([]);
  });

  it('cuts cost nothing but the rest', async () => {
    const path = 'qwen2.5-0.5b-instruct-q4_k_m.gguf';
    hub.put('Qwen/Qwen2.5-0.5B-Instruct-GGUF', { path, content: gguf });
    hub.faults.cut = 131_072;
    await add(['qwen2.5-0.5b-instruct'], environment);
    expect(await listed()).toMatchObject([{ id: 'qwen2.5-0.5b-instruct-q4_k_m', contextLength: 32_768 }]);
    expect(hub.moved).toBeLessThanOrEqual(gguf.length * 1.01);
  });

  it('a wrong hash leaves nothing that would be offered, and what a person noted stays', async () => {
    const mine = { file: 'mine.gguf', label: 'Mine' };
    writeFileSync(join(models, 'manifest.json'), JSON.stringify([mine]));
    hub.put('someone/Tiny-GGUF', { path: 'tiny.gguf', content: gguf, sha256: '0'.repeat(64) });
    await expect(add(['someone/Tiny-GGUF'], environment)).rejects.toThrow(/SHA-256 differs/);
    expect(await listed()).toEqual([]);
    hub.put('someone/Tiny-GGUF', { path: 'tiny.gguf', content: gguf });
    await add(['someone/Tiny-GGUF'], environment);
    const notes = JSON.parse(readFileSync(join(models, 'manifest.json'), 'utf8')) as unknown[];
    expect(notes).toMatchObject([{ file: 'someone--Tiny-GGUF/tiny.gguf' }, mine]);
  });

  it('what is there already is not fetched again, and what was damaged is', async () => {
    hub.put('someone/Tiny-ONNX', ...onnxFolder);
    await add(['someone/Tiny-ONNX'], environment);
    hub.requests.splice(0);
    await add(['someone/Tiny-ONNX'], environment);
    expect(hub.requests.filter((request) => request.includes('/resolve/'))).toEqual([]);
    const graph = join(models, 'someone--Tiny-ONNX/onnx/model.onnx');
    writeFileSync(graph, Buffer.alloc(statSync(graph).size));
    await add(['someone/Tiny-ONNX'], environment);
    expect(hub.requests.filter((request) => request.includes('/resolve/'))).toEqual([
      'GET /someone/Tiny-ONNX/resolve/main/onnx/model.onnx',
    ]);
    expect(said).toContain('1 of 1: onnx/model.onnx');
  });

  it('Ctrl-C keeps what has arrived, offers nothing, and the next run goes on', async () => {
    const content = padded(gguf, 6 * 1024 * 1024);
    hub.put('someone/Tiny-GGUF', { path: 'tiny.gguf', content });
    hub.faults.pause = 20;
    const run = spawn(process.execPath, [program, 'add', 'someone/Tiny-GGUF'], {
      env: { ...process.env, ...environment },
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => run.once('exit', resolve));
    onTestFinished(() => void run.kill('SIGKILL'));
    const part = join(models, '.parts/someone--Tiny-GGUF/tiny.gguf.part');
    await vi.waitFor(() => expect(existsSync(part) && statSync(part).size).toBeGreaterThan(1024 * 1024), {
      timeout: 20_000,
      interval: 20,
    });
    run.kill('SIGINT');
    await ended;
    expect(await listed()).toEqual([]);
    const kept = statSync(part).size;
    hub.faults.pause = 0;
    hub.moved = 0;
    await add(['someone/Tiny-GGUF'], environment);
    expect(await listed()).toHaveLength(1);
    // Beside the rest of the file, the header is read once more.
    expect(hub.moved).toBeLessThan(content.length - kept + 2.2 * 1024 * 1024);
    expect(readFileSync(join(models, 'someone--Tiny-GGUF/tiny.gguf')).equals(content)).toBe(true);
  }, 40_000);
});
