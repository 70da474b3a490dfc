/** Remembers which file was hashed, so that 100 MB are not read again at every start. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * @param {string} path
 * @param {string} sha256
 */
export async function isRemembered(path, sha256) {
  const found = await stat(path).catch(() => undefined);
  if (!found) return false;
  const noted = await readFile(notePath(path), 'utf8').catch(() => '');
  return noted === note(found, sha256);
}

/**
 * @param {string} path a file that was just hashed
 * @param {string} sha256
 */
export async function remember(path, sha256) {
  await writeFile(notePath(path), note(await stat(path), sha256));
}

/** @param {string} path */
function notePath(path) {
  return join(dirname(path), '.verified');
}

/** @param {{ size: number, mtimeMs: number }} found @param {string} sha256 */
function note({ size, mtimeMs }, sha256) {
  return `${sha256} ${size} ${mtimeMs}\n`;
}
