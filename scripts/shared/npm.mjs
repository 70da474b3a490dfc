/** Runs npm in the checkout. */
import { basename } from 'node:path';
import { root } from './root.mjs';
import { run } from './run.mjs';

/**
 * @param {readonly string[]} args
 * @param {import('./run.mjs').RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function npm(args, options = {}) {
  const inRoot = { cwd: root, ...options };
  const cli = process.env.npm_execpath;
  // npm is a script; calling it through Node avoids npm.cmd, which Windows runs in a shell only.
  if (cli && basename(cli).startsWith('npm')) return run(process.execPath, [cli, ...args], inRoot);
  if (process.platform === 'win32') return run('cmd.exe', ['/d', '/s', '/c', 'npm', ...args], inRoot);
  return run('npm', args, inRoot);
}
