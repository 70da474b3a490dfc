/** `npm test`: every check and test in turn; the last line of stdout is the sum. */
import { instructlab } from './servers/instructlab.mjs';
import { ollama } from './servers/ollama.mjs';
import { endOnSignal } from './shared/end-on-signal.mjs';
import { endWithParent } from './shared/end-with-parent.mjs';
import { root } from './shared/root.mjs';
import { ensureStarterEmbedder } from './starter-embedder.mjs';
import { ensureStarterModel } from './starter-model.mjs';
import { ensureChromium } from './verify/ensure-chromium.mjs';
import { runCheck, runPlaywright, runVitest } from './verify/steps.mjs';
import { tallyLine, total } from './verify/tally.mjs';
import { withRealServers, withRelay } from './verify/with-real-servers.mjs';

/** @typedef {import('./verify/tally.mjs').Tally} Tally */

const liveTests = 'tests/contract/live';

process.chdir(root);
endOnSignal();
endWithParent();

/** @type {Tally} */
const failure = { passed: 0, failed: 1, skipped: 0 };
/** @type {Tally[]} */
const tallies = [];

for (const script of ['format:check', 'lint', 'check', 'deps', 'dead', 'build']) {
  await step(script, () => runCheck(script));
}
await step('unit and contract tests', () => runVitest('unit', 'test:unit', ['--exclude', `${liveTests}/**`]));

const hasChromium = await ensureChromium();
// Tests in the browser and beyond want the models whatever the person chose for starts.
const environment = { ...process.env, STARTER_MODEL: 'on' };
const gguf = await ensureStarterModel({ environment });
await ensureStarterEmbedder({ environment });
await step('tests in the browser', async () =>
  hasChromium ? runVitest('browser', 'test:browser', []) : failure,
);

await withRealServers(gguf ? [ollama, instructlab] : [], gguf ?? '', async ({ direct, ours, tally }) => {
  tallies.push(tally);
  if (Object.keys(direct).length > 0) {
    await step('real servers, directly', () =>
      runLive('live-direct', ['live-servers', 'differences'], { ...direct, ...ours }),
    );
    await step('real servers, through the relay', () =>
      withRelay(direct, (throughRelay) => runLive('live-relay', ['through-relay'], throughRelay)),
    );
  }
  await step('end to end', async () => (hasChromium ? runPlaywright(direct) : failure));
});

const sum = total(tallies);
process.exitCode = sum.failed > 0 ? 1 : 0;
process.stdout.write(`${tallyLine(sum)}\n`);

/**
 * @param {string} name
 * @param {() => Promise<Tally>} work
 */
async function step(name, work) {
  const start = Date.now();
  process.stdout.write(`${name} …\n`);
  const tally = await work().catch((error) => {
    process.stdout.write(`${error instanceof Error ? error.stack : error}\n`);
    return failure;
  });
  tallies.push(tally);
  process.stdout.write(`${name}: ${tallyLine(tally)} (${Math.round((Date.now() - start) / 1000)} s)\n`);
}

/**
 * Servers that this run does not start belong to `npm run test:live`; here they do not count.
 * @param {string} name
 * @param {readonly string[]} suites a server takes one at a time
 * @param {Record<string, string>} environment
 * @returns {Promise<Tally>}
 */
async function runLive(name, suites, environment) {
  const { passed, failed, skipped, skippedGroups } = await runVitest(
    name,
    'test:unit',
    [...suites.map((suite) => `${liveTests}/${suite}.test.ts`), '--no-file-parallelism'],
    environment,
  );
  return { passed, failed, skipped: skipped - skippedGroups };
}
