/** `npm run test:live [-- --start NAME …]`: the contract suite against the real servers that the environment names. */
import { parseArgs } from 'node:util';
import { realServers } from './servers/real-servers.mjs';
import { serversNamed } from './servers/servers-named.mjs';
import { endOnSignal } from './shared/end-on-signal.mjs';
import { endWithParent } from './shared/end-with-parent.mjs';
import { Problem } from './shared/problem.mjs';
import { root } from './shared/root.mjs';
import { say } from './shared/say.mjs';
import { ensureStarterModel } from './starter-model.mjs';
import { runVitest } from './verify/steps.mjs';
import { tallyLine, total } from './verify/tally.mjs';
import { withRealServers } from './verify/with-real-servers.mjs';

const liveTests = ['live-servers', 'differences'].map((name) => `tests/contract/live/${name}.test.ts`);

process.chdir(root);
endOnSignal();
endWithParent();

const { values } = parseArgs({ options: { start: { type: 'string', multiple: true, default: [] } } });
/** @type {ReturnType<typeof serversNamed>} */
let wanted = [];
try {
  wanted = serversNamed(values.start);
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  say(error.message);
  process.exit(1);
}
for (const { label, variable } of realServers) {
  if (!process.env[variable] && !wanted.some((server) => server.variable === variable)) {
    say(`${label} is skipped: ${variable} is not set.`);
  }
}
const gguf = wanted.length > 0 ? await ensureStarterModel() : '';
if (gguf === undefined) process.exit(1);

const sum = await withRealServers(wanted, gguf, async ({ direct, ours, tally }) => {
  const started = wanted.length > 0 ? ours : {};
  const tests = await runVitest('live', 'test:unit', [...liveTests, '--no-file-parallelism'], {
    ...direct,
    ...started,
  });
  // A server that could not be had is among the skipped groups already.
  return total([tests, { ...tally, skipped: 0 }]);
});
process.exitCode = sum.failed > 0 ? 1 : 0;
process.stdout.write(`${tallyLine(sum)}\n`);
