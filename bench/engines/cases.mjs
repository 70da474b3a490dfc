/** The models that engines are measured with: those at hand, and why the rest is left out. */
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { runnerImport } from 'vite';

/** @typedef {import('../../src/core/local-model').LocalModel} LocalModel */
/**
 * @typedef {object} Workload
 * @property {string} question the answer to it has at least `tokens` tokens
 * @property {number} tokens of a measured answer
 * @property {number} phrases how often the text that is only read repeats its words
 * @property {number} turns measured answers between a load and the next one
 * @property {number} share of the rounds: a large model is steady after fewer
 */
/**
 * @typedef {object} Case
 * @property {string} name for the report
 * @property {LocalModel} model
 * @property {import('../../src/core/backend').Device} device
 * @property {Workload} workload
 */
/** @typedef {{ engine: 'wllama' | 'transformers', name: string, workload: Workload, folder: string, paths: string[] }} Found */

/**
 * The tiny model is so fast that what the layer costs per token can be seen at all; the starter model shows
 * what share that is of an engine as people use it.
 * @type {Workload}
 */
const tiny = { question: 'count to one hundred', tokens: 100, phrases: 60, turns: 30, share: 1 };
/** @type {Workload} */
const starter = {
  question: 'Write a long story about a train.',
  tokens: 64,
  phrases: 20,
  turns: 2,
  share: 0.5,
};
const starterName = 'SmolLM2-135M-Instruct';

/**
 * @param {string} root of the repository
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<{ cases: Case[], skipped: string[], files: Map<string, string> }>} `files` are to be served:
 *   address → path on disk
 */
export async function findCases(root, environment) {
  const fixtures = join(root, 'tests', 'fixtures', 'tiny-model');
  const tinyOnnx = join(fixtures, 'transformers');
  const models = join(root, 'models');
  const gguf = `${starterName}.Q4_1.gguf`;
  const starterOnnx = await findConverted(models);
  const { WEBLLM_TEST_MODEL: modelUrl, WEBLLM_TEST_LIB: libraryUrl } = environment;

  /** @type {Found[]} */
  const found = [
    { engine: 'wllama', name: 'tiny model', workload: tiny, folder: fixtures, paths: ['tiny-q8_0.gguf'] },
    {
      engine: 'transformers',
      name: 'tiny model',
      workload: tiny,
      folder: tinyOnnx,
      paths: await pathsIn(tinyOnnx),
    },
  ];
  const skipped = [];
  const name = 'starter model';
  if (existsSync(join(models, gguf))) {
    found.push({ engine: 'wllama', name, workload: starter, folder: models, paths: [gguf] });
  } else {
    skipped.push(`wllama, ${name}: models/${gguf} is not there. "npm start" fetches it.`);
  }
  if (starterOnnx) {
    const paths = await pathsIn(starterOnnx);
    found.push({ engine: 'transformers', name, workload: starter, folder: starterOnnx, paths });
  } else {
    skipped.push(`transformers, ${name}: models/ has no ONNX build of it. "npm run models" can make one.`);
  }

  /** @type {Map<string, string>} */
  const files = new Map();
  const cases = [];
  for (const one of found) cases.push(await toCase(one, files));
  if (modelUrl && libraryUrl) cases.push(await webLlmCase(modelUrl, libraryUrl));
  else skipped.push('webllm: WEBLLM_TEST_MODEL and WEBLLM_TEST_LIB name no model and library.');
  return { cases, skipped, files };
}

/**
 * @param {Found} found
 * @param {Map<string, string>} served gets the files
 * @returns {Promise<Case>}
 */
async function toCase({ engine, name, workload, folder, paths }, served) {
  const id = name.replace(' ', '-');
  const files = [];
  for (const path of paths) {
    const address = `/measured/${engine}/${id}/${path}`;
    served.set(address, join(folder, path));
    files.push({ path, sources: [address], bytes: (await stat(join(folder, path))).size });
  }
  return { name: `${engine}, ${name}`, model: { id, engine, label: name, files }, device: 'cpu', workload };
}

/**
 * @param {string} modelUrl
 * @param {string} libraryUrl
 * @returns {Promise<Case>}
 */
async function webLlmCase(modelUrl, libraryUrl) {
  const path = join(import.meta.dirname, '..', '..', 'tests', 'support', 'given-webllm-model.ts');
  /** @type {{ module: typeof import('../../tests/support/given-webllm-model') }} */
  const { module } = await runnerImport(path);
  const model = await module.givenWebLlmModel(modelUrl, libraryUrl);
  return { name: `webllm, ${model.label}`, model, device: 'gpu', workload: starter };
}

/**
 * The starter model's folder as the project's own converter names it.
 * @param {string} models
 * @returns {Promise<string | undefined>}
 */
async function findConverted(models) {
  if (!existsSync(models)) return undefined;
  const names = (await readdir(models)).filter((name) => name.startsWith(starterName));
  return names.map((name) => join(models, name)).find((folder) => existsSync(join(folder, 'config.json')));
}

/**
 * @param {string} folder
 * @returns {Promise<string[]>} relative, with `/`
 */
async function pathsIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}
