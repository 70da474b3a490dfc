/** A folder that is there whole or not at all, whatever happens while it is filled. */
import { rmSync } from 'node:fs';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Problem } from './problem.mjs';

/**
 * Fills a folder beside the target and moves it there at the end.
 * @param {string} target does not exist yet
 * @param {(folder: string) => Promise<void>} fill
 * @throws {Problem} where the target exists, or the disk takes no more; else what `fill` throws
 */
export async function writeWholeFolder(target, fill) {
  if (await exists(target)) {
    throw new Problem(`${target} exists already. Delete it first, or choose another folder.`);
  }
  try {
    await mkdir(dirname(target), { recursive: true });
    const workplace = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
    const remove = () => rmSync(workplace, { recursive: true, force: true });
    // Also where the process is interrupted.
    process.once('exit', remove);
    try {
      // A folder of its own inside: the one that mkdtemp makes is closed to other people.
      const folder = join(workplace, 'whole');
      await mkdir(folder);
      await fill(folder);
      await rename(folder, target);
    } finally {
      process.off('exit', remove);
      await rm(workplace, { recursive: true, force: true });
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const reason = error.code === 'ENOSPC' ? 'the disk is full' : error.message;
    throw new Problem(`${target} could not be written: ${reason}. Nothing of it was kept.`, error);
  }
}

/** @param {string} path */
async function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}
