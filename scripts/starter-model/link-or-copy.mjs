/** Gives a file a second place without using the disk twice, where the disk allows it. */
import { copyFile, link, mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** @param {string} from @param {string} to whatever lies there is replaced */
export async function linkOrCopy(from, to) {
  await mkdir(dirname(to), { recursive: true });
  const fresh = `${to}.${process.pid}.new`;
  try {
    // Another disk, or one without links.
    await link(from, fresh).catch(() => copyFile(from, fresh));
    await rename(fresh, to);
  } finally {
    await rm(fresh, { force: true });
  }
}
