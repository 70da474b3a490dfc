/** A real llama.cpp server, compiled for the processor: about ten minutes, once. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join, parse } from 'node:path';
import { startService } from '../shared/start-service.mjs';
import { linkOrCopy } from '../starter-model/link-or-copy.mjs';
import { hasCommand, installStep, requireCommand } from './install-step.mjs';
import { liveKey } from './live-key.mjs';
import { llamaCppSources } from './llama-cpp-sources.mjs';
import { thinkingTemplate } from './thinking-template.mjs';

const options = {
  CMAKE_BUILD_TYPE: 'Release',
  BUILD_SHARED_LIBS: 'OFF',
  // A build for exactly this processor crashed on a virtual machine that promised more than it could.
  GGML_NATIVE: 'OFF',
  LLAMA_BUILD_TESTS: 'OFF',
  LLAMA_BUILD_EXAMPLES: 'OFF',
  LLAMA_OPENSSL: 'OFF',
  LLAMA_BUILD_UI: 'OFF',
  LLAMA_USE_PREBUILT_UI: 'OFF',
};

/** @typedef {import('./real-servers.mjs').Place} Place */

/** @type {import('./real-servers.mjs').RealServer} */
export const llamacpp = {
  name: 'llamacpp',
  label: "llama.cpp's server",
  variable: 'LLAMACPP_BASE_URL',
  more: { LLAMACPP_API_KEY: liveKey },

  async isInstalled(directory) {
    return existsSync(binary(directory)) && hasCommand(binary(directory));
  },

  async install(directory) {
    await requireCommand('cmake', "build llama.cpp's server");
    await requireCommand('cc', "build llama.cpp's server");
    const sources = await llamaCppSources(directory);
    const defines = Object.entries(options).map(([name, value]) => `-D${name}=${value}`);
    const build = join(directory, 'b');
    await installStep('cmake', ['-S', sources, '-B', build, ...defines]);
    await installStep('cmake', [
      '--build',
      build,
      '--config',
      'Release',
      '--target',
      'llama-server',
      '-j',
      // CMake's own variable, for a machine that has other work to do.
      process.env.CMAKE_BUILD_PARALLEL_LEVEL ?? '2',
    ]);
  },

  start: ({ flags = ['-c', '4096', '-np', '2', '--metrics', '--api-key', liveKey], ...place }) =>
    startServer(place, flags),
};

/** The same program, which either chats or makes vectors. */
export const llamacppForVectors = {
  ...llamacpp,
  name: 'llamacpp-embed',
  label: "llama.cpp's server for embeddings",
  variable: 'LLAMACPP_EMBED_BASE_URL',
  more: {},
  installedWith: llamacpp.name,
  start: (/** @type {Place} */ place) =>
    startServer(place, ['-c', '512', '--embeddings', '--pooling', 'mean']),
};

/** A model that thinks and calls tools. */
export const llamacppThatThinks = {
  ...llamacpp,
  name: 'llamacpp-think',
  label: "llama.cpp's server with thoughts",
  variable: 'LLAMACPP_THINK_BASE_URL',
  more: {},
  installedWith: llamacpp.name,
  start: (/** @type {Place} */ place) =>
    startServer(place, ['-c', '2048', '--chat-template-file', thinkingTemplate]),
};

/** A router for several models: the starter model, and one that cannot be loaded. */
export const llamacppRouter = {
  ...llamacpp,
  name: 'llamacpp-router',
  label: "llama.cpp's server as a router",
  variable: 'LLAMACPP_ROUTER_BASE_URL',
  more: {},
  installedWith: llamacpp.name,
  async start(/** @type {Place} */ place) {
    const models = join(place.directory, 'router-models');
    await linkOrCopy(place.gguf, join(models, basename(place.gguf)));
    await writeFile(join(models, 'broken.gguf'), 'GGUF and nothing more');
    return serve(place, ['--models-dir', models, '-c', '1024']);
  },
};

/** @param {Place} place @param {readonly string[]} flags */
function startServer(place, flags) {
  return serve(place, ['-m', place.gguf, '--alias', parse(place.gguf).name, ...flags]);
}

/** @param {Place} place @param {readonly string[]} flags */
function serve({ directory, port, logFile }, flags) {
  return startService({
    command: binary(directory),
    args: ['--host', '127.0.0.1', '--port', String(port), ...flags],
    url: `http://127.0.0.1:${port}`,
    readyPath: '/health',
    timeoutMs: 120_000,
    logFile,
  });
}

/** @param {string} directory */
function binary(directory) {
  const bin = join(directory, 'b', 'bin');
  return process.platform === 'win32' ? join(bin, 'Release', 'llama-server.exe') : join(bin, 'llama-server');
}
