/** The program as a person starts it: one file, its exit code, and how Ctrl-C ends it. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { type AnsweringServer, type Reaction, startAnsweringServer } from './answering-server';

const root = fileURLToPath(new URL('../../../', import.meta.url));
let folder: string;
let server: AnsweringServer;
let react: () => Reaction;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runner-'));
  const configFile = `${root}vite.runner.config.ts`;
  await build({ root, configFile, logLevel: 'error', build: { outDir: join(folder, 'program') } });
  server = await startAnsweringServer(() => react());
  const file = {
    data: { items: [{ text: 'a' }, { text: 'b' }, { text: 'c' }] },
    prompt: '{{text}}',
    lanes: [{ backendId: 'fleet', modelId: 'm' }],
    upstreams: [{ id: 'fleet', kind: 'vllm', baseUrl: server.url }],
    concurrency: { fleet: 1 },
  };
  await writeFile(join(folder, 'run.json'), JSON.stringify(file));
}, 60_000);
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

function start(...args: string[]): ChildProcessByStdio<null, Readable, Readable> {
  const env = { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, INIT_CWD: folder };
  const program = join(folder, 'program', 'main.js');
  const child = spawn(process.execPath, [program, 'run.json', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr.resume();
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function textsIn(name: string): Promise<string[]> {
  const lines = (await readFile(join(folder, name), 'utf8')).trimEnd().split('\n');
  return lines.map((line) => (JSON.parse(line) as { text: string }).text);
}

it('is one file, and works with nothing beside it', async () => {
  react = () => 'yes';
  expect(await readdir(join(folder, 'program'))).toEqual(['main.js']);
  const child = start('--out', 'whole.jsonl');
  let report = '';
  child.stdout.on('data', (text: Buffer) => (report += text.toString()));
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(report).toContain('3 of 3 answers');
  expect(await textsIn('whole.jsonl')).toEqual(['yes', 'yes', 'yes']);
});

// Windows has no signals: there a kill is a kill.
it.skipIf(process.platform === 'win32')(
  'keeps what came when Ctrl-C ends it, and goes on from there',
  async () => {
    let asked = 0;
    const waiting = new Promise<void>((resolve) => {
      react = () => {
        if (++asked < 2) return 'first';
        resolve();
        return undefined;
      };
    });
    const child = start('--out', 'stopped.jsonl');
    child.stdout.resume();
    await waiting;
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([130, null]);
    expect(await textsIn('stopped.jsonl')).toEqual(['first']);

    react = () => 'second';
    const resumed = start('--out', 'stopped.jsonl', '--resume');
    resumed.stdout.resume();
    expect(await once(resumed, 'close')).toEqual([0, null]);
    expect(await textsIn('stopped.jsonl')).toEqual(['first', 'second', 'second']);
  },
);
