/** Starts a program that is measured, on a core of its own where the system can do that. */
import { spawn, spawnSync } from 'node:child_process';
import { cpus } from 'node:os';

/** The subject has core 0 for itself; server and client share core 1. */
export const subjectCore = 0;
export const clientCore = 1;
export const canPin = cpus().length > 1 && spawnSync('taskset', ['--version']).status === 0;

/** This process too. @param {number} core */
export function pinThisProcess(core) {
  if (canPin) spawnSync('taskset', ['-a', '-cp', String(core), String(process.pid)]);
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ core: number, env?: Record<string, string>, hasChannel?: boolean }} options
 * @returns {import('node:child_process').ChildProcess} with its output to read
 */
export function startProgram(program, args, { core, env = {}, hasChannel = false }) {
  const [command = program, ...rest] = canPin
    ? ['taskset', '-c', String(core), program, ...args]
    : [program, ...args];
  return spawn(command, rest, {
    env: { ...process.env, ...env },
    stdio: hasChannel ? ['ignore', 'pipe', 'inherit', 'ipc'] : ['ignore', 'pipe', 'inherit'],
  });
}

/**
 * @param {import('node:child_process').ChildProcess} child prints a line that ends with its port
 * @param {string} name
 * @returns {Promise<number>}
 */
export function printedPort(child, name) {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (line) => resolve(Number(/(\d+)\s*$/.exec(String(line))?.[1])));
    child.once('exit', (code) => reject(new Error(`${name} ended with code ${code}.`)));
    child.once('error', reject);
  });
}

/** @param {import('node:child_process').ChildProcess} child */
export async function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  // Not every gateway ends when it is asked to while connections are open.
  const timer = setTimeout(() => child.kill('SIGKILL'), 2000);
  await exit;
  clearTimeout(timer);
}
