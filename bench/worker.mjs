/** Tokens per second of wllama in a bare worker and through our worker layer, in turns, in a real Chromium. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium } from 'playwright';
import { build } from 'vite';
import { chromiumFlags, findChromium } from '../tests/support/find-chromium.mjs';
import { ratioOf, report, summarize } from './shared/report.mjs';

const root = join(import.meta.dirname, 'page', 'worker');
const model = join(import.meta.dirname, '..', 'tests', 'fixtures', 'tiny-model', 'tiny-q8_0.gguf');
/** @type {Record<string, string>} */
const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };
const subjects = ['switchyard', 'raw engine'];

/** @typedef {{ tokensPerSecond: number, firstToken: number }} Figures */

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
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.waitForFunction('"prepareWorkerBench" in window');
    const bytes = (await readFile(model)).length;
    await page.evaluate(`prepareWorkerBench('/model.gguf', ${bytes}).then((measure) => {
      window.measureWorkerBench = measure;
    })`);
    return toReport(rounds, await measureInTurns(page, rounds));
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
 * @param {Map<string, Figures[]>} figures
 */
function toReport(rounds, figures) {
  /** @param {string} subject @param {keyof Figures} name */
  const values = (subject, name) => (figures.get(subject) ?? []).map((one) => one[name]);
  const rows = subjects.flatMap((subject) => [
    { subject, metric: 'decode', unit: 'tokens/s', ...summarize(values(subject, 'tokensPerSecond')) },
    { subject, metric: 'time to first token', unit: 'ms', ...summarize(values(subject, 'firstToken')) },
  ]);
  const ratio = ratioOf(values('switchyard', 'tokensPerSecond'), values('raw engine', 'tokensPerSecond'));
  const ratios = [{ metric: 'decode', subject: 'switchyard', against: 'raw engine', ...ratio }];
  return report({ name: 'worker', rounds, rows, ratios });
}

/** @param {string} folder */
async function serve(folder) {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const file = path === '/model.gguf' ? model : join(folder, path === '/' ? 'index.html' : path);
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
