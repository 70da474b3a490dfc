/** A virtual environment of Python for one server, filled by uv, which is many times faster than pip. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findPython } from '../shared/python.mjs';
import { CannotInstall } from './cannot-install.mjs';
import { installStep } from './install-step.mjs';

/**
 * @param {string} directory of the server
 * @param {{ atLeast: number, below: number }} minor versions of Python 3 that the server works with
 * @throws {CannotInstall}
 */
export async function createEnvironment(directory, { atLeast, below }) {
  const minors = Array.from({ length: below - atLeast }, (_, index) => atLeast + index);
  const names = ['python3', 'python', ...minors.map((minor) => `python3.${minor}`)];
  const python = await findPython({ atLeast, below, names });
  if (!python) throw new CannotInstall(`Python 3.${atLeast} to 3.${below - 1} is needed`);
  await mkdir(directory, { recursive: true });
  await installStep(python, ['-m', 'venv', environmentPath(directory)]);
  await installStep(inEnvironment(directory, 'python'), ['-m', 'pip', 'install', '-q', 'uv']);
}

/**
 * @param {string} directory of the server
 * @param {readonly string[]} args of `uv pip install`
 * @throws {CannotInstall}
 */
export async function installPackages(directory, args) {
  const env = { ...process.env, VIRTUAL_ENV: environmentPath(directory) };
  await installStep(inEnvironment(directory, 'uv'), ['pip', 'install', ...args], { cwd: directory, env });
}

/** @param {string} directory @param {string} command */
export function inEnvironment(directory, command) {
  const isWindows = process.platform === 'win32';
  return join(
    environmentPath(directory),
    isWindows ? 'Scripts' : 'bin',
    isWindows ? `${command}.exe` : command,
  );
}

/** @param {string} directory */
function environmentPath(directory) {
  return join(directory, 'v');
}
