/** A real server with settings of its own, from what `npm test` has installed; or why there is none. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { realServers } from '../../scripts/servers/real-servers.mjs';
import { cacheDirectory } from '../../scripts/shared/cache-directory.mjs';
import { freePort } from '../../scripts/shared/free-port.mjs';
import { root } from '../../scripts/shared/root.mjs';
import type { Service } from '../../scripts/shared/start-service.mjs';
import { starterModelFacts } from '../../scripts/starter-model/starter-model-facts.mjs';

export interface SpecialServer {
  readonly port: number;
  readonly url: string;
  /** Ends it where it runs, and starts it on the same port. */
  start(variables?: Readonly<Record<string, string>>): Promise<void>;
  stop(): Promise<void>;
}

/** A string says why there is none. */
export async function specialServer(name: 'ollama' | 'instructlab'): Promise<SpecialServer | string> {
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
    async start(variables = {}) {
      await stop();
      service = await server.start({ directory, gguf, port, variables });
    },
    stop,
  };
}
