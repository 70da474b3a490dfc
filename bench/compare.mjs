/**
 * The same number of tokens per second spread over one, four and twelve lanes of the built page, in turns, in a real
 * Chromium: how busy each keeps the main thread, and whether a frame is missed.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { runnerImport } from 'vite';
import { root } from '../scripts/shared/root.mjs';
import { chromiumFlags, findChromium } from '../tests/support/find-chromium.mjs';
import { openLanes } from './compare/open-lanes.mjs';
import { startStreamServer } from './screen/stream-server.mjs';
import { inTurns } from './shared/in-turns.mjs';
import { measureMainThread } from './shared/main-thread.mjs';
import { figuresOf, mainThreadReport } from './shared/main-thread-report.mjs';
import { startBuiltRelay } from './shared/start-built-relay.mjs';

/** @typedef {import('./shared/main-thread-report.mjs').Figures} Figures */

const laneCounts = [4, 1, 12];
/** @param {number} lanes */
const nameOf = (lanes) => (lanes === 1 ? 'one lane' : `${lanes} lanes`);
/** @param {number} lanes */
const modelOf = (lanes) => `stream-${lanes}`;

/** @param {{ rounds?: number, tokens?: number, rate?: number }} [options] both for all lanes together; `rate` in tokens per second */
export async function run({ rounds = 5, tokens: total = 10_000, rate = 1000 } = {}) {
  const built = join(root, 'dist', 'page');
  if (!existsSync(join(built, 'index.html')))
    throw new Error('The page is not built. Run "npm run build" first.');
  /** @type {{ module: typeof import('./page/render/answer') }} */
  const { module: answer } = await runnerImport(join(import.meta.dirname, 'page', 'render', 'answer.ts'));
  const streams = laneCounts.map((lanes) => ({
    lanes,
    tokens: answer.makeTokens(Math.round(total / lanes)),
    rate: rate / lanes,
  }));
  const server = await startStreamServer(
    Object.fromEntries(streams.map(({ lanes, ...stream }) => [modelOf(lanes), stream])),
  );
  const relay = await startBuiltRelay(server.url, built, modelOf(1));
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
  /** @type {Map<string, Figures[]>} */
  const measured = new Map(laneCounts.map((lanes) => [nameOf(lanes), []]));
  try {
    for (let round = 0; round < rounds; round++) {
      for (const { lanes, tokens } of inTurns(streams, round)) {
        const context = await browser.newContext({ viewport: { width: 1600, height: 900 } });
        const page = await context.newPage();
        const ask = await openLanes(page, relay.url, modelOf(lanes), lanes);
        let drawnAt = Number.NaN;
        const thread = await measureMainThread(page, async () => {
          drawnAt = await ask();
        });
        await context.close();
        const stream = { tokens: tokens.length * lanes, behindMs: drawnAt - server.endedAt() };
        measured.get(nameOf(lanes))?.push(figuresOf(thread, stream));
      }
    }
  } finally {
    await browser.close();
    await relay.stop();
    server.stop();
  }
  const { ratios, ...report } = mainThreadReport('compare', rounds, measured);
  return { ...report, ratios: ratios.filter(({ against }) => against === nameOf(1)) };
}
