/** The command-line runner against a real server: files, exit codes, limits, stop and going on. */
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runBatch } from '../../../runner/run-batch';
import type { ResultRecord } from '../../../src/batch/exports/result-record';
import {
  type AnsweringServer,
  type AskedRequest,
  type Reaction,
  startAnsweringServer,
} from './answering-server';

let folder: string;
let server: AnsweringServer;
let react: (request: AskedRequest) => Reaction | Promise<Reaction>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batch-'));
  react = ({ prompt }) => `Answer to ${prompt}`;
  server = await startAnsweringServer((request) => react(request));
});
afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly said: string;
}

async function run(
  args: readonly string[],
  variables: Record<string, string> = {},
  stop = new AbortController().signal,
): Promise<Ended> {
  let [out, said] = ['', ''];
  const code = await runBatch({
    args,
    variables,
    folder,
    stop,
    out: (text) => (out += text),
    say: (text) => (said += text),
    isTerminal: false,
  });
  return { code, out, said };
}

async function writeRun(change: Record<string, unknown> = {}): Promise<void> {
  const file = {
    title: 'Sums',
    data: { path: 'items.csv' },
    prompt: '{{question}}?',
    lanes: [
      { backendId: 'fleet', modelId: 'm' },
      { backendId: 'fleet', modelId: 'n' },
    ],
    upstreams: [{ id: 'fleet', kind: 'vllm', baseUrl: server.url }],
    ...change,
  };
  await writeFile(join(folder, 'run.json'), JSON.stringify(file));
  await writeFile(join(folder, 'items.csv'), 'question,answer\n2+2,4\n3+4,7\n"1, and 1",2\n');
}

async function records(name = 'run.results.jsonl'): Promise<ResultRecord[]> {
  const text = await readFile(join(folder, name), 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as ResultRecord);
}

describe('npm run batch', () => {
  it('asks every lane for every item, and writes answers and a report', async () => {
    await writeRun({ grid: { temperature: [0, 1] }, common: { params: { seed: 5 } }, repeats: 2 });
    const { code, out, said } = await run(['run.json', '--out', 'answers.jsonl']);
    expect(code).toBe(0);
    expect(said).toContain('24 answers: 3 items × 2 lanes × 2 points of the grid × 2 repeats.');
    expect(out).toContain('24 of 24 answers');
    const written = await records('answers.jsonl');
    expect(new Set(written.map(({ cell }) => cell)).size).toBe(24);
    expect(written.find(({ cell }) => cell === 0)).toMatchObject({
      state: 'done',
      text: 'Answer to 2+2?',
      backendId: 'fleet',
      modelId: 'm',
      source: { kind: 'vllm', version: '0.9.1' },
      params: { temperature: 0, seed: 5 },
      usage: { promptTokens: 7, completionTokens: 3 },
      measurement: { completionTokens: 3, isEstimated: false },
      item: { question: '2+2', answer: '4' },
    });
    const asked = server.asked.map(
      ({ prompt, model, temperature, seed }) => `${prompt} ${model} ${temperature} ${seed}`,
    );
    expect(new Set(asked).size).toBe(24);
    // The probe, and twice for each lane: not before each of the answers.
    expect(server.listed()).toBe(5);
  });

  it('asks a server for as many answers at once as the run file says, and no more', async () => {
    const waiting: (() => void)[] = [];
    react = () =>
      new Promise((resolve) => {
        waiting.push(() => resolve('yes'));
        // Only a full house goes on: with a lower limit this would wait for ever.
        if (waiting.length === 3) for (const next of waiting.splice(0)) next();
      });
    await writeRun({ concurrency: { fleet: 3 } });
    expect((await run(['run.json'])).code).toBe(0);
    expect(server.mostAtOnce()).toBe(3);
    expect(server.asked).toHaveLength(6);
  });

  it('keeps a failure as data, goes on, ends with 1, and asks again only for failures', async () => {
    react = ({ prompt, model }) => (prompt === '3+4?' && model === 'n' ? 500 : 'fine');
    await writeRun();
    const { code, out } = await run(['run.json']);
    expect(code).toBe(1);
    expect(out).toContain('## Failures');
    const failed = (await records()).filter(({ state }) => state === 'failed');
    expect(failed).toMatchObject([
      { modelId: 'n', error: { code: 'server-failed', detail: { status: 500 } } },
    ]);

    react = () => 'better';
    const before = server.asked.length;
    expect((await run(['run.json', '--retry-failed'])).code).toBe(0);
    expect(server.asked.slice(before).map(({ prompt }) => prompt)).toEqual(['3+4?']);
    expect((await records()).at(-1)).toMatchObject({ state: 'done', text: 'better', cell: failed[0]?.cell });
  });

  it('stops cleanly, and goes on from what the file holds, a half-written line or not', async () => {
    const stopping = new AbortController();
    let answered = 0;
    react = () => {
      if (answered === 2) {
        stopping.abort();
        return undefined;
      }
      answered++;
      return 'first run';
    };
    await writeRun({ concurrency: { fleet: 1 } });
    const stopped = await run(['run.json'], {}, stopping.signal);
    expect(stopped).toMatchObject({ code: 130, said: expect.stringContaining('--resume') as string });
    expect(await records()).toHaveLength(2);
    await appendFile(join(folder, 'run.results.jsonl'), '{"cell":5,"text":"torn');

    react = () => 'second run';
    const resumed = await run(['run.json', '--resume']);
    expect(resumed.code).toBe(0);
    expect(resumed.out).toContain('6 of 6 answers');
    const written = await records();
    expect(written.map(({ cell }) => cell).sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(written.filter(({ text }) => text === 'first run')).toHaveLength(2);
  });

  it('overwrites no answers, and takes none of another run for its own', async () => {
    await writeRun();
    await run(['run.json']);
    expect(await run(['run.json'])).toMatchObject({
      code: 2,
      said: expect.stringContaining('--resume') as string,
    });
    await writeRun({ prompt: 'Other: {{question}}' });
    const other = await run(['run.json', '--resume']);
    expect(other).toMatchObject({ code: 2, said: expect.stringContaining('another run') as string });
    expect(server.asked).toHaveLength(6);
  });

  it('gives a key from the environment to its server only, and writes it nowhere', async () => {
    await writeRun({
      upstreams: [{ id: 'fleet', kind: 'vllm', baseUrl: server.url, apiKeyEnv: 'FLEET_KEY' }],
    });
    expect(await run(['run.json'])).toMatchObject({
      code: 2,
      said: expect.stringContaining('FLEET_KEY') as string,
    });
    const ended = await run(['run.json'], { FLEET_KEY: 'secret-key' });
    expect(ended.code).toBe(0);
    expect(server.asked.every(({ authorization }) => authorization === 'Bearer secret-key')).toBe(true);
    const written = await readFile(join(folder, 'run.results.jsonl'), 'utf8');
    expect(written + ended.out + ended.said).not.toContain('secret-key');
  });

  it('knows the servers of the relay’s variables', async () => {
    await writeRun({ lanes: [{ backendId: 'vllm', modelId: 'm' }], upstreams: [] });
    expect((await run(['run.json'], { VLLM_BASE_URL: `${server.url}/v1` })).code).toBe(0);
    expect(server.asked).toHaveLength(3);
  });

  it('holds answers against checks, with the item’s own values, code and endless code among them', async () => {
    react = ({ prompt }) => (prompt === '2+2?' ? 'It is 4.' : 'It is 5.');
    await writeRun({
      lanes: [{ backendId: 'fleet', modelId: 'm' }],
      expected: '{{answer}}',
      checks: [
        { kind: 'near', value: '{{answer}}', within: 0.1 },
        { kind: 'pattern', pattern: 'IS {{answer}}', flags: 'i' },
        { kind: 'code', code: '(answer, prompt, expected) => answer.includes(expected) || `no ${expected}`' },
        { kind: 'code', code: '() => typeof process + typeof require + typeof fetch' },
      ],
    });
    expect((await run(['run.json'])).code).toBe(0);
    const checks = (await records()).sort((a, b) => a.cell - b.cell).map(({ checks: each }) => each);
    expect(checks[0]?.map(({ outcome }) => outcome)).toEqual(['passed', 'passed', 'passed', 'failed']);
    expect(checks[1]?.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed', 'failed']);
    expect(checks[1]?.[2]?.note).toBe('no 7');
    expect(checks[0]?.[3]?.note).toBe('undefinedundefinedundefined');
  });

  it('says what is wrong with line and field before anything is asked', async () => {
    await writeRun({ prompt: '{{quest}}' });
    expect(await run(['run.json'])).toMatchObject({
      code: 2,
      said: expect.stringMatching(/no column “quest”/) as string,
    });
    await writeRun();
    await writeFile(join(folder, 'items.csv'), 'question,answer\n1\n');
    expect((await run(['run.json'])).said).toContain('items.csv:2: 1 field');
    await writeRun({ lanes: [{ backendId: 'nobody', modelId: 'm' }] });
    expect((await run(['run.json'])).said).toMatch(/"nobody".*Known are: fleet/);
    expect((await run([])).code).toBe(2);
    expect((await run(['run.json', '--nonsense'])).code).toBe(2);
    expect((await run(['--help'])).out).toContain('--resume');
    expect(server.asked).toEqual([]);
  });

  it('only counts with --dry-run', async () => {
    await writeRun();
    expect(await run(['run.json', '--dry-run'])).toMatchObject({
      code: 0,
      said: expect.stringContaining('6 answers') as string,
    });
    expect(server.asked).toEqual([]);
  });
});
