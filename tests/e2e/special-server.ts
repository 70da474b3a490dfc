/** A real server with settings of its own, from what `npm test` or `npm run test:live` has installed. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '@playwright/test';
import { liveVariable, realServers } from '../../scripts/servers/real-servers.mjs';
import { cacheDirectory } from '../../scripts/shared/cache-directory.mjs';
import { freePort } from '../../scripts/shared/free-port.mjs';
import { root } from '../../scripts/shared/root.mjs';
import type { Service } from '../../scripts/shared/start-service.mjs';
import { starterModelFacts } from '../../scripts/starter-model/starter-model-facts.mjs';

export interface ServerSettings {
  /** Added to its environment. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Instead of those that the tests usually give it. */
  readonly flags?: readonly string[];
}

export interface SpecialServer {
  readonly port: number;
  readonly url: string;
  /** Ends it where it runs, and starts it on the same port. */
  start(settings?: ServerSettings): Promise<void>;
  stop(): Promise<void>;
}

/** vLLM takes a minute where nothing else runs. */
const longestStartMs = 300_000;

type Everyday = 'ollama' | 'instructlab';
type Heavy = 'llamacpp' | 'vllm';

/** Starts it for the tests of one `describe`, which are skipped with the reason where there is none. */
export function useSpecialServer(name: Everyday | Heavy, settings?: ServerSettings): () => SpecialServer {
  let server: SpecialServer | string = '';
  test.slow();
  test.beforeAll(async () => {
    test.setTimeout(longestStartMs);
    server = await specialServer(name);
    if (typeof server !== 'string') await server.start(settings);
  });
  test.beforeEach(() => {
    test.skip(typeof server === 'string', typeof server === 'string' ? server : '');
  });
  test.afterAll(async () => {
    if (typeof server !== 'string') await server.stop();
  });
  return () => {
    if (typeof server === 'string') throw new Error(server);
    return server;
  };
}

/** A string says why there is none. */
async function specialServer(name: Everyday | Heavy): Promise<SpecialServer | string> {
  const isHeavy = name === 'llamacpp' || name === 'vllm';
  if (isHeavy && !(process.env[liveVariable] ?? '').split(',').includes(name)) {
    return `${name} is started by “npm run test:live -- --start ${name}” only.`;
  }
  const server = realServers.find((one) => one.name === name);
  const directory = join(cacheDirectory(), 'servers', name);
  const gguf = join(root, 'models', starterModelFacts.file);
  if (!server || !(await server.isInstalled(directory))) return `${name} is not installed.`;
  if (!existsSync(gguf)) return `The starter model is missing.`;
  const port = await freePort();
  let service: Service | undefined;
  async function stop(): Promise<void> {
    await service?.stop();
    service = undefined;
  }
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    async start(settings = {}) {
      await stop();
      service = await server.start({ directory, gguf, port, ...settings });
    },
    stop,
  };
}
