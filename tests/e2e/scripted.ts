/** The Playwright test with a relay in front of a scripted server, whose models are faults. */
import { type ScriptedServer, startScriptedServer } from '../support/scripted-server';
import { startRelay, type StartedRelay } from '../support/start-relay';
import { noServers } from './app';
import { testWithRelay } from './with-relay';

/** The label that the relay gives an upstream named by `OPENAI_BASE_URL`. */
export const scriptedLabel = 'OpenAI-compatible';

interface WorkerFixtures {
  readonly server: ScriptedServer;
  readonly relay: StartedRelay;
}

export const test = testWithRelay({}).extend<object, WorkerFixtures>({
  server: [
    async ({ browserName: _ }, use) => {
      const server = await startScriptedServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  relay: [
    async ({ server }, use) => {
      const relay = await startRelay({
        ...noServers,
        OPENAI_BASE_URL: server.url,
        LLM_BACKEND_TYPE: 'openai',
        DEFAULT_MODEL_NAME: 'plain',
      });
      await use(relay);
      await relay.stop();
    },
    { scope: 'worker' },
  ],
});

export { expect } from '@playwright/test';
