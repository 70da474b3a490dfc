/** The program as a person starts it: what it prints, how it refuses, how it ends. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { fakeServer } from './support/fake-server';
import { runningRelay } from './support/running-relay';

const root = fileURLToPath(new URL('../../../', import.meta.url));
// Inside the project, as the program looks for package.json above itself.
const folder = `${root}dist/relay-under-test`;

beforeAll(async () => {
  const configFile = `${root}vite.relay.config.ts`;
  await build({ root, configFile, logLevel: 'error', build: { outDir: folder } });
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Program {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  readonly output: { stdout: string; stderr: string };
  readonly ended: Promise<unknown[]>;
}

function start(variables: Record<string, string>): Program {
  const env = { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, ...variables };
  const child = spawn(process.execPath, [`${folder}/server.js`], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (text: Buffer) => (output.stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output.stderr += text.toString()));
  const ended = once(child, 'close');
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, output, ended };
}

describe('the program', () => {
  it('prints one line when it answers', async () => {
    const { child, output } = start({ PORT: '0' });
    await once(child.stdout, 'data');
    const url = /^Switchyard ready: (http:\/\/localhost:\d+)\n$/.exec(output.stdout)?.[1] ?? '';
    const { version } = (await (await fetch(`${url}/api/health`)).json()) as { version: string };
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(output).toEqual({ stdout: `Switchyard ready: ${url}\n`, stderr: '' });
  });

  // Windows has no signals: there a kill is a kill.
  it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)(
    'ends cleanly on %s',
    async (signal) => {
      const { child, output, ended } = start({ PORT: '0' });
      await once(child.stdout, 'data');
      const url = output.stdout.trim().split(' ').at(-1) ?? '';
      // An open connection must not hold it up.
      await fetch(`${url}/api/health`);
      child.kill(signal);
      expect(await ended).toEqual([0, null]);
      expect(output.stderr).toBe('');
    },
  );

  it.skipIf(process.platform === 'win32')(
    'lets a running answer finish, unless it is told twice',
    async () => {
      const streams: ServerResponse[] = [];
      const server = await fakeServer((_request, response) => {
        response.write('one');
        streams.push(response);
      });
      for (const isToldTwice of [false, true]) {
        const { child, output, ended } = start({ PORT: '0', OPENAI_BASE_URL: server.url });
        await once(child.stdout, 'data');
        const url = output.stdout.trim().split(' ').at(-1) ?? '';
        const init = { method: 'POST', body: '{}' };
        const reply = await fetch(`${url}/relay/openai/v1/chat/completions`, init);
        child.kill('SIGTERM');
        // npm passes a Ctrl-C on that the terminal has sent as well: only a later one is a second signal.
        child.kill('SIGTERM');
        await expect.poll(async () => (await fetch(`${url}/api/health`)).status).toBe(503);
        if (isToldTwice) {
          await new Promise((resolve) => setTimeout(resolve, 600));
          child.kill('SIGINT');
          await expect(reply.text()).rejects.toThrow();
        } else {
          streams.at(-1)?.end('two');
          expect(await reply.text()).toBe('onetwo');
        }
        expect(await ended).toEqual([0, null]);
        // An answer that was broken off is a failure, and is written down as one.
        expect(output.stderr).toMatch(isToldTwice ? /^\{.*The relay was ended before .*\}\n$/ : /^$/);
      }
    },
  );

  it('refuses a port that is in use, with one sentence and code 1', async () => {
    const { port } = await runningRelay();
    const { output, ended } = start({ PORT: String(port) });
    expect(await ended).toEqual([1, null]);
    expect(output.stdout).toBe('');
    expect(output.stderr).toMatch(new RegExp(`^PORT ${port} is in use, [^\\n]+\\n$`));
  });

  it('refuses a bad setting, with one sentence and code 1', async () => {
    const { output, ended } = start({ HOST: '0.0.0.0' });
    expect(await ended).toEqual([1, null]);
    expect(output.stderr).toMatch(/^HOST is 0\.0\.0\.0[^\n]+RELAY_TOKEN[^\n]+\n$/);
  });
});
