/** Tokens per second of wllama in a bare worker and through our worker layer, in turns, in a real Chromium. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { chromium } from 'playwright';
import { build } from 'vite';
import { chromiumFlags, findChromium } from '../tests/support/find-chromium.mjs';
import { ratioOf, report, summarize } from './shared/report.mjs';

const root = join(import.meta.dirname, 'page', 'worker');
const project = join(import.meta.dirname, '..');
/**
 * The tiny model is so fast that what the layer costs per token can be seen at all; the starter model shows
 * what share that is of an engine as people use it.
 */
const models = [
  {
    name: 'tiny model',
    path: join(project, 'tests', 'fixtures', 'tiny-model', 'tiny-q8_0.gguf'),
    workload: { prompt: 'count to one hundred', answers: 4, tokensPerAnswer: 100 },
    share: 1,
  },
  {
    name: 'starter model',
    path: join(project, 'models', 'SmolLM2-135M-Instruct.Q4_1.gguf'),
    workload: { prompt: 'Write a long story about a train.', answers: 1, tokensPerAnswer: 64 },
    share: 0.4,
  },
];
/** @type {Record<string, string>} */
const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };
const subjects = ['switchyard', 'raw engine'];

/** @typedef {{ tokensPerSecond: number, firstToken: number }} Figures */
/** @typedef {(typeof models)[number]} Model */
/** @typedef {{ model: Model, figures: Map<string, Figures[]> }} Measured */

/** @param {{ rounds?: number }} [options] */
export async function run({ rounds = 15 } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'worker-bench-'));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    worker: { format: 'es' },
    build: { target: 'es2022', outDir: folder, emptyOutDir: true, assetsInlineLimit: 0 },
  });
  const server = await serve(folder);
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
  try {
    /** @type {Measured[]} */
    const measured = [];
    for (const model of models.filter(({ path }) => existsSync(path))) {
      const page = await browser.newPage();
      await page.goto(server.url);
      await page.waitForFunction('"prepareWorkerBench" in window');
      const { length } = await readFile(model.path);
      const given = [`/${basename(model.path)}`, length, model.workload].map((value) =>
        JSON.stringify(value),
      );
      await page.evaluate(`prepareWorkerBench(${given.join(', ')}).then((measure) => {
        window.measureWorkerBench = measure;
      })`);
      const figures = await measureInTurns(page, Math.ceil(rounds * model.share));
      measured.push({ model, figures });
      await page.close();
    }
    return toReport(rounds, measured);
  } finally {
    await browser.close();
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {import('playwright').Page} page
 * @param {number} rounds
 */
async function measureInTurns(page, rounds) {
  /** @type {Map<string, Figures[]>} */
  const figures = new Map(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < rounds; round++) {
    // Every other round goes backwards, so that nobody always runs on a warm machine.
    for (const subject of round % 2 ? subjects : subjects.toReversed()) {
      const measured = await page.evaluate(`measureWorkerBench(${JSON.stringify(subject)})`);
      figures.get(subject)?.push(/** @type {Figures} */ (measured));
    }
  }
  return figures;
}

/**
 * @param {number} rounds
 * @param {Measured[]} measured
 */
function toReport(rounds, measured) {
  const rows = [];
  const ratios = [];
  for (const { model, figures } of measured) {
    /** @param {string} subject @param {keyof Figures} name */
    const values = (subject, name) => (figures.get(subject) ?? []).map((one) => one[name]);
    const speed = `decode, ${model.name}`;
    for (const subject of subjects) {
      rows.push(
        { subject, metric: speed, unit: 'tokens/s', ...summarize(values(subject, 'tokensPerSecond')) },
        {
          subject,
          metric: `time to first token, ${model.name}`,
          unit: 'ms',
          ...summarize(values(subject, 'firstToken')),
        },
      );
    }
    const ratio = ratioOf(values('switchyard', 'tokensPerSecond'), values('raw engine', 'tokensPerSecond'));
    ratios.push({ metric: speed, subject: 'switchyard', against: 'raw engine', ...ratio });
  }
  return report({ name: 'worker', rounds, rows, ratios });
}

/** @param {string} folder */
async function serve(folder) {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const model = models.find((one) => path === `/${basename(one.path)}`);
    const file = model?.path ?? join(folder, path === '/' ? 'index.html' : path);
    readFile(file).then(
      (content) => {
        response.writeHead(200, {
          'content-type': types[extname(file)] ?? 'application/octet-stream',
          'cross-origin-opener-policy': 'same-origin',
          'cross-origin-embedder-policy': 'require-corp',
        });
        response.end(content);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close() };
}
