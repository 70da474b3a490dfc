/** The tiny model as it is, or with bytes exchanged, in a folder of its own for each test. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

export const tinyPath = join(import.meta.dirname, '../../../fixtures/tiny-model/tiny-q8_0.gguf');

/** @returns where the folder is; read it inside a test */
export function useFolder(): { readonly path: string } {
  const folder = { path: '' };
  beforeEach(async () => {
    folder.path = await mkdtemp(join(tmpdir(), 'convert-'));
  });
  afterEach(() => rm(folder.path, { recursive: true, force: true }));
  return folder;
}

/** Writes the tiny model with its bytes changed. */
export async function changedTiny(folder: string, change: (bytes: Buffer) => Buffer): Promise<string> {
  const path = join(folder, 'changed.gguf');
  await writeFile(path, change(await readFile(tinyPath)));
  return path;
}

/** Exchanges the first occurrence of a text for one of the same length, so that no offset changes. */
export function exchanged(bytes: Buffer, from: string, to: string): Buffer {
  const at = bytes.indexOf(from);
  if (at < 0 || from.length !== to.length) throw new Error(`${from} cannot become ${to}.`);
  bytes.write(to, at, 'latin1');
  return bytes;
}
