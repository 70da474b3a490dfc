/** Starts a program that serves HTTP, waits until it answers, and ends it with everything it started. */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { stopTree } from './stop-tree.mjs';

const longestOutput = 20_000;
const graceMs = 5_000;

/**
 * @typedef {object} Service
 * @property {string} url without a trailing slash
 * @property {number} pid leads a group of everything that it started, except on Windows
 * @property {() => string} output the end of what it printed
 * @property {() => Promise<void>} stop resolves when the process has ended
 */

/**
 * @param {object} options
 * @param {string} options.command
 * @param {readonly string[]} options.args
 * @param {string} options.url
 * @param {string} [options.readyPath] answers 2xx when the service is ready
 * @param {() => Promise<boolean>} [options.isReady] asked instead, where it speaks no HTTP
 * @param {number} options.timeoutMs
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {string} [options.cwd]
 * @param {string} [options.logFile] what it prints goes there, and once it answers it outlives this process
 * @returns {Promise<Service>}
 * @throws {Error} with the end of its output, when it ends early or does not answer in time
 */
export async function startService({
  command,
  args,
  url,
  readyPath = '',
  isReady = () => answers(url + readyPath),
  timeoutMs,
  env,
  cwd,
  logFile,
}) {
  const log = logFile === undefined ? undefined : openSync(logFile, 'w');
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ['ignore', log ?? 'pipe', log ?? 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  if (log !== undefined) closeSync(log);
  let output = '';
  let isOver = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => (output = (output + text).slice(-longestOutput)));
  }
  const printed = () => (logFile === undefined ? output : readFileSync(logFile, 'utf8') + output);
  const closed = new Promise((resolve) => {
    child.once('error', (error) => ((output += error.message), (isOver = true), resolve(undefined)));
    child.once('exit', () => ((isOver = true), resolve(undefined)));
  });
  const { pid } = child;
  /** @param {NodeJS.Signals} signal */
  const end = (signal) => pid !== undefined && stopTree(pid, signal);
  const endAtExit = () => end('SIGKILL');
  process.once('exit', endAtExit);

  async function stop() {
    process.off('exit', endAtExit);
    end('SIGTERM');
    await Promise.race([closed, delay(graceMs, undefined, { ref: false })]);
    // Also when it ended in time: a child of its own may have stayed.
    end('SIGKILL');
    await closed;
  }

  const deadline = Date.now() + timeoutMs;
  while (!isOver && Date.now() < deadline) {
    if (await isReady()) {
      if (logFile !== undefined) {
        process.off('exit', endAtExit);
        child.unref();
      }
      return { url, pid: pid ?? 0, output: printed, stop };
    }
    await delay(150);
  }
  await stop();
  const how = isOver ? 'ended before it answered' : `did not answer within ${timeoutMs / 1000} s`;
  throw new Error(`${command} ${how}:\n${printed().slice(-3000)}`);
}

/**
 * Leaves no connection behind, as `fetch` would: InstructLab takes an idle one for a request that it has to answer.
 * @param {string} url
 * @returns {Promise<boolean>}
 */
function answers(url) {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: 2_000 }, (response) => {
      const { statusCode = 500 } = response;
      response.resume();
      response.once('close', () => resolve(statusCode >= 200 && statusCode < 300));
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
  });
}
