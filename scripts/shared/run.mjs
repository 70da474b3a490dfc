/** Runs a program to its end; what it started ends with it, also when this process is interrupted. */
import { spawn } from 'node:child_process';
import { stopTree } from './stop-tree.mjs';

const longestOutput = 200_000;

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {'stderr' | 'capture'} [output] show on stderr as it comes (default), or keep for the caller
 * @property {number} [timeoutMs] then the program and its children are ended
 */

/**
 * Never rejects: a program that cannot be started has code 127, one that ran out of time 124.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} output holds stdout and stderr (their end), when captured
 */
export function run(command, args, { cwd, env, output = 'stderr', timeoutMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: output === 'capture' ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2],
      // A group of its own, so that a stop reaches the children of the child too.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const { pid } = child;
    const end = () => pid !== undefined && stopTree(pid, 'SIGKILL');
    process.once('exit', end);
    let isLate = false;
    const timer = timeoutMs && setTimeout(() => ((isLate = true), end()), timeoutMs);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-longestOutput)));
    }
    /** @param {number} code */
    const finish = (code) => {
      clearTimeout(timer || undefined);
      process.off('exit', end);
      resolve({ code: isLate ? 124 : code, output: said });
    };
    child.once('error', (error) => ((said += error.message), finish(127)));
    child.once('close', (code) => finish(code ?? 1));
  });
}
