/** One step of installing a server: its output is shown, and a failure becomes a reason to skip. */
import { run } from '../shared/run.mjs';
import { CannotInstall } from './cannot-install.mjs';

const timeoutMs = 60 * 60_000;

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @throws {CannotInstall}
 */
export async function installStep(command, args, options = {}) {
  const { code } = await run(command, args, { ...options, timeoutMs });
  if (code === 0) return;
  const shown = [command, ...args].join(' ').slice(0, 120);
  throw new CannotInstall(`\`${shown}\` ended with code ${code}`);
}

/**
 * @param {string} command
 * @param {string} purpose completes "… is needed to "
 * @param {readonly string[]} [versionArgs]
 * @throws {CannotInstall} when the command is not there
 */
export async function requireCommand(command, purpose, versionArgs = ['--version']) {
  if (!(await hasCommand(command, versionArgs)))
    throw new CannotInstall(`${command} is needed to ${purpose}`);
}

/** @param {string} command @param {readonly string[]} [versionArgs] */
export async function hasCommand(command, versionArgs = ['--version']) {
  return (await run(command, versionArgs, { output: 'capture', timeoutMs: 60_000 })).code === 0;
}
