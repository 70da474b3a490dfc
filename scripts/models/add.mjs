/** The command `add ID [--build QUANT] [--engine ENGINE]`: a model into the models folder, for a closed network. */
import { mkdir, rename, rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { isWholeFile } from '../shared/is-whole-file.mjs';
import { modelsDirectory } from '../shared/models-directory.mjs';
import { Problem } from '../shared/problem.mjs';
import { say } from '../shared/say.mjs';
import { withDownloader } from '../shared/with-downloader.mjs';
import { withPageCode } from '../shared/with-page-code.mjs';
import { writeModelNote } from '../shared/write-model-note.mjs';
import { bytesToCome } from './bytes-to-come.mjs';

/** @typedef {typeof import('./find-model')} Finder */
/** @typedef {import('./find-model').FoundModel} FoundModel */
/** @typedef {import('../../src/core/local-model').ModelFile} ModelFile */

/** What a disk needs beside the files. */
const spareBytes = 64 * 1024 * 1024;

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [environment] `SWITCHYARD_MODEL_MIRROR` is asked before the hub
 * @throws {Problem}
 */
export async function add(args, environment = process.env) {
  const { id, ...choice } = readArguments(args);
  const models = modelsDirectory(environment);
  try {
    say(`Looking up ${id} …`);
    const found = await withPageCode(async (load) => {
      const { findModel } = /** @type {Finder} */ (await load('/scripts/models/find-model.ts'));
      const mirror = environment.SWITCHYARD_MODEL_MIRROR?.replace(/\/+$/, '');
      return findModel({ id, ...choice }, { mirror }, new AbortController().signal);
    });
    await download(found, models);
    await writeModelNote(models, noteOf(found));
    say(`models/${found.folder} holds ${found.model.label}. Reload the page to see it.`);
  } catch (error) {
    throw new Problem(explain(error), error);
  }
}

/** @param {string[]} args */
function readArguments(args) {
  const usage =
    'npm run models -- add ID [--build QUANTIZATION] [--engine wllama|transformers|webllm]: ID is one of `npm run models -- list`, owner/name on the hub, or the address of a .gguf file.';
  try {
    const options = /** @type {const} */ ({ build: { type: 'string' }, engine: { type: 'string' } });
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [id, ...more] = positionals;
    if (id === undefined || more.length > 0) throw new Problem(usage);
    return { id, ...values };
  } catch (error) {
    throw error instanceof Problem ? error : new Problem(`${explain(error)}\n${usage}`, error);
  }
}

/** @param {FoundModel} found @param {string} models */
async function download({ model, folder, main }, models) {
  // Beside the folder's models and hidden: the relay must not offer half of one.
  const staging = join(models, '.parts', folder);
  await mkdir(staging, { recursive: true });
  /** @type {ModelFile[]} */
  const missing = [];
  for (const file of model.files) {
    if (!(await isWholeFile(join(models, folder, file.path), file))) missing.push(file);
  }
  await checkRoom(await bytesToCome(missing, staging), models);
  await withDownloader(async (fetchTo) => {
    for (const [index, file] of missing.entries()) {
      const arrived = join(staging, file.path);
      say(`${index + 1} of ${missing.length}: ${file.path}, ${(file.bytes / 1e6).toFixed(1)} MB`);
      // An earlier run may have brought it.
      if (!(await isWholeFile(arrived, file))) await fetchTo(file, arrived);
    }
  });
  // The file that stands for the model comes last: until then there is no model to be seen.
  for (const { path } of [...missing].sort((a, b) => Number(a.path === main) - Number(b.path === main))) {
    await mkdir(dirname(join(models, folder, path)), { recursive: true });
    await rename(join(staging, path), join(models, folder, path));
  }
  await rm(staging, { recursive: true });
}

/** @param {number} needed bytes @param {string} models */
async function checkRoom(needed, models) {
  const { bavail, bsize } = await statfs(models);
  if (bavail * bsize >= needed + spareBytes) return;
  const [wanted, free] = [needed, bavail * bsize].map((bytes) => Math.round(bytes / 1e6));
  throw new Problem(`There is not enough room in ${models}: ${wanted} MB are needed, ${free} MB are free.`);
}

/** @param {FoundModel} found */
function noteOf({ model, folder, main }) {
  const { id, label, license, contextLength, capabilities, shape, embedding, suggestedParams } = model;
  const files = model.files.map(({ path, bytes, sha256 }) => ({ file: `${folder}/${path}`, bytes, sha256 }));
  const isMain = (/** @type {{ file: string }} */ { file }) => file === `${folder}/${main}`;
  return {
    file: `${folder}/${main}`,
    ...files.find(isMain),
    id,
    label,
    license,
    contextLength,
    capabilities,
    shape,
    embedding,
    suggestedParams,
    parts: files.filter((file) => !isMain(file)),
    source: model.files[0]?.sources.at(-1),
  };
}

/** @param {unknown} error */
function explain(error) {
  if (!(error instanceof Error)) return String(error);
  const hint = 'detail' in error ? /** @type {{ hint?: string }} */ (error.detail).hint : undefined;
  return hint === undefined ? error.message : `${error.message} ${hint}`;
}
