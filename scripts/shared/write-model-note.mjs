/** Describes a model to the relay in `models/manifest.json`. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Entries about other files, those that a person wrote among them, stay.
 * @param {string} models the folder
 * @param {{ readonly file: string } & Readonly<Record<string, unknown>>} note as `relay/serve/model-notes.ts` reads it
 */
export async function writeModelNote(models, note) {
  const path = join(models, 'manifest.json');
  const others = (await readEntries(path)).filter((entry) => entry?.file !== note.file);
  const text = `${JSON.stringify([note, ...others], null, 2)}\n`;
  if ((await readFile(path, 'utf8').catch(() => '')) !== text) await writeFile(path, text);
}

/** @param {string} path @returns {Promise<({ file?: unknown } | null)[]>} */
async function readEntries(path) {
  try {
    const entries = JSON.parse(await readFile(path, 'utf8'));
    return Array.isArray(entries) ? entries : [];
  } catch {
    return [];
  }
}
