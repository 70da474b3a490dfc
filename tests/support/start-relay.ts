/** Starts the built relay as a program of its own, the way a person does, on a port that the system chooses. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { withoutRelayVariables } from '../../scripts/shared/without-relay-variables.mjs';

const program = fileURLToPath(new URL('../../dist/relay/server.js', import.meta.url));
const startTimeoutMs = 20_000;

export interface StartedRelay {
  /** Without a trailing slash. */
  readonly url: string;
  /** Resolves when the process has ended. */
  stop(): Promise<void>;
}

/**
 * @param environment variables of the relay, and none other of them
 * @throws Error with what the relay said, when it ends instead of starting
 */
export async function startRelay(environment: Readonly<Record<string, string>> = {}): Promise<StartedRelay> {
  const child = spawn(process.execPath, [program], {
    env: { ...withoutRelayVariables(process.env), PORT: '0', RELAY_SHUTDOWN_GRACE_MS: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));

  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      kill();
      reject(new Error(`The relay was not ready after ${startTimeoutMs} ms: ${said}`));
    }, startTimeoutMs);
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /^Switchyard ready: (http:\/\/\S+)$/.exec(line)?.[1];
      if (found === undefined) return;
      clearTimeout(timer);
      resolve(found);
    });
    void ended.then(() => {
      clearTimeout(timer);
      reject(new Error(`The relay ended at once: ${said}`));
    });
  });

  return {
    url,
    stop: async () => {
      process.off('exit', kill);
      child.kill('SIGTERM');
      const timer = setTimeout(kill, 5_000);
      await ended;
      clearTimeout(timer);
    },
  };
}
