/** `npm run dev`: page and relay on one origin, both reloaded as their sources change. */
import { sep, join } from 'node:path';
import { createLogger, createServer } from 'vite';
import { endWithParent } from './shared/end-with-parent.mjs';
import { freePort } from './shared/free-port.mjs';
import { root } from './shared/root.mjs';
import { say } from './shared/say.mjs';
import { ensureEmbedderInBackground } from './starter-embedder/ensure-in-background.mjs';
import { ensureStarterModel } from './starter-model.mjs';

/** @typedef {import('../relay/start-relay').RunningRelay} RunningRelay */

process.chdir(root);
endWithParent();
await ensureStarterModel();

const host = process.env.HOST ?? '127.0.0.1';
const port = Number(process.env.PORT ?? 4173);
const relayPort = await freePort();
const forwarded = { target: `http://127.0.0.1:${relayPort}`, changeOrigin: true };

const vite = await createServer({
  customLogger: loggerToStderr(),
  server: {
    host,
    port,
    strictPort: true,
    proxy: {
      '/api': forwarded,
      '/models': forwarded,
      // The page imports this one source file of the relay.
      '^/relay/(?!contract)': forwarded,
    },
  },
});

/** @returns {Promise<RunningRelay>} */
async function openRelay() {
  const { readSettings } = await vite.ssrLoadModule('/relay/settings/config.ts');
  const { startRelay } = await vite.ssrLoadModule('/relay/start-relay.ts');
  // Vite speaks plain HTTP with the page and with the relay behind it.
  const environment = { ...process.env, RELAY_TLS_CERT: '', RELAY_TLS_KEY: '' };
  const settings = readSettings(environment, { root, version: 'dev' });
  const pageOrigins = [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
  return startRelay({
    ...settings,
    host: '127.0.0.1',
    port: relayPort,
    allowedOrigins: [...settings.allowedOrigins, ...pageOrigins],
  });
}

/** @type {Promise<RunningRelay | undefined>} one change after the other, so that the port is free again */
let relay = openRelay();
await relay;
await vite.listen();

vite.watcher.on('change', (path) => {
  if (!path.startsWith(join(root, 'relay') + sep)) return;
  relay = relay
    .then((running) => running?.close())
    .then(openRelay)
    .then((running) => (say('The relay was reloaded.'), running))
    // A typing error must not end the session; the next save tries again.
    .catch((error) => void say(`The relay did not start: ${error instanceof Error ? error.message : error}`));
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    const running = await relay;
    await Promise.allSettled([vite.close(), running?.close()]);
    process.exit(0);
  });
}
process.stdout.write(`Switchyard ready: http://localhost:${port}\n`);
void ensureEmbedderInBackground();

function loggerToStderr() {
  const logger = createLogger();
  /** @param {string} message */
  const toStderr = (message) => say(message);
  return { ...logger, info: toStderr, warn: toStderr, warnOnce: toStderr, error: toStderr };
}
