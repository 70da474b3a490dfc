/** Notes in the cache folder about servers that run on after the command that started them. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cacheDirectory } from '../shared/cache-directory.mjs';
import { run } from '../shared/run.mjs';
import { stopTree } from '../shared/stop-tree.mjs';

/**
 * @typedef {object} RunningNote
 * @property {number} pid leads the group of everything that the server started
 * @property {string} command its whole command line: a number is given to another program after a while, both are not
 * @property {string} url
 */

const graceMs = 10_000;

export function runDirectory() {
  return join(cacheDirectory(), 'servers', 'run');
}

/** @param {string} name */
export function logFileOf(name) {
  return join(runDirectory(), `${name}.log`);
}

/** @param {string} name */
function noteFileOf(name) {
  return join(runDirectory(), `${name}.json`);
}

/** @param {string} name @returns {Promise<RunningNote | undefined>} */
export async function readNote(name) {
  const text = await readFile(noteFileOf(name), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}

/** @param {string} name @param {{ pid: number, url: string }} service */
export async function writeNote(name, { pid, url }) {
  /** @type {RunningNote} */
  const note = { pid, command: await commandOf(pid), url };
  await writeFile(noteFileOf(name), `${JSON.stringify(note, null, 2)}\n`);
}

/** @param {string} name */
export async function removeNote(name) {
  await rm(noteFileOf(name), { force: true });
}

/** @param {RunningNote | undefined} note */
export async function isRunning(note) {
  return note !== undefined && note.command !== '' && (await commandOf(note.pid)) === note.command;
}

/** @param {RunningNote} note of a server that runs */
export async function end(note) {
  stopTree(note.pid, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (Date.now() < deadline && (await isRunning(note))) await delay(100);
  // Also when it ended in time: a child of its own may have stayed.
  stopTree(note.pid, 'SIGKILL');
}

/** @param {number} pid @returns {Promise<string>} empty when there is no such process */
async function commandOf(pid) {
  const { code, output } = await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)], {
    output: 'capture',
  });
  return code === 0 ? output.trim() : '';
}
