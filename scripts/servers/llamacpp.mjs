/** A real llama.cpp server, compiled for the processor: about ten minutes, once. */
import { existsSync } from 'node:fs';
import { join, parse } from 'node:path';
import { startService } from '../shared/start-service.mjs';
import { hasCommand, installStep, requireCommand } from './install-step.mjs';
import { llamaCppSources } from './llama-cpp-sources.mjs';

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

/** @type {import('./real-servers.mjs').RealServer} */
export const llamacpp = {
  name: 'llamacpp',
  label: "llama.cpp's server",
  variable: 'LLAMACPP_BASE_URL',

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

  start(directory, gguf, port) {
    const place = ['-m', gguf, '--alias', parse(gguf).name, '--host', '127.0.0.1', '--port', String(port)];
    return startService({
      command: binary(directory),
      args: [...place, '-c', '4096', '-np', '2', '--metrics'],
      url: `http://127.0.0.1:${port}`,
      readyPath: '/health',
      timeoutMs: 120_000,
    });
  },
};

/** @param {string} directory */
function binary(directory) {
  const bin = join(directory, 'b', 'bin');
  return process.platform === 'win32' ? join(bin, 'Release', 'llama-server.exe') : join(bin, 'llama-server');
}
