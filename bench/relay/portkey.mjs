/** Portkey's gateway, in a folder of its own: `npm ci` gets it on first use, and the product never sees it. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../scripts/shared/free-port.mjs';
import { ended, startProgram, subjectCore } from './start-program.mjs';
import { whenListening } from './when-listening.mjs';

const folder = join(import.meta.dirname, '..', 'peers');
const program = join(folder, 'node_modules', '@portkey-ai', 'gateway', 'build', 'start-server.js');

/**
 * @param {number} upstreamPort
 * @returns {Promise<import('./subjects.mjs').Subject | string>} or why there is none
 */
export async function startPortkey(upstreamPort) {
  if (!existsSync(program)) {
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
    const isWindows = process.platform === 'win32';
    const { status, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8', shell: isWindows });
    if (status !== 0) return `Portkey could not be installed: ${stderr.trim().split('\n')[0] ?? status}`;
  }
  const port = await freePort();
  const child = startProgram(process.execPath, [program, '--headless', `--port=${port}`], {
    core: subjectCore,
    env: { TRUSTED_CUSTOM_HOSTS: '127.0.0.1,localhost' },
  });
  child.stdout?.resume();
  await whenListening(port);
  return {
    name: 'portkey',
    port,
    path: '/v1/chat/completions',
    headers: ['x-portkey-provider: openai', `x-portkey-custom-host: http://127.0.0.1:${upstreamPort}/v1`],
    pid: child.pid ?? 0,
    stop: () => ended(child),
  };
}
