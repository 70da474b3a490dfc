/** Describes the starter model to the relay in `models/manifest.json`, and keeps its licence beside it. */
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';

const license = new URL('LICENSE-SmolLM2.txt', import.meta.url);

/**
 * Entries of other files that a person wrote stay.
 * @param {string} models the folder
 * @param {import('./starter-model-facts.mjs').StarterModelFacts} facts
 */
export async function writeManifest(
  models,
  { file, label, bytes, sha256, license: spdx, suggestedParams, hubUrl },
) {
  const path = join(models, 'manifest.json');
  const own = {
    file,
    id: parse(file).name,
    label,
    bytes,
    sha256,
    license: spdx,
    suggestedParams,
    source: hubUrl,
  };
  const others = (await readEntries(path)).filter((entry) => entry.file !== file);
  const text = `${JSON.stringify([own, ...others], null, 2)}\n`;
  if ((await readFile(path, 'utf8').catch(() => '')) !== text) await writeFile(path, text);
  await copyFile(license, join(models, 'LICENSE-SmolLM2.txt'));
}

/** @param {string} path @returns {Promise<{ file?: unknown }[]>} */
async function readEntries(path) {
  try {
    const entries = JSON.parse(await readFile(path, 'utf8'));
    return Array.isArray(entries) ? entries : [];
  } catch {
    return [];
  }
}
