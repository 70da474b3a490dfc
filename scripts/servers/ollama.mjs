/** A real Ollama, built from its Go module for the processor: no root, no download outside package indexes. */
import { mkdir, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../shared/run.mjs';
import { startService } from '../shared/start-service.mjs';
import { installStep, requireCommand } from './install-step.mjs';
import { llamaCppSources } from './llama-cpp-sources.mjs';
import { ollamaModels } from './ollama-models.mjs';

const version = '0.17.4';
const suffix = process.platform === 'win32' ? '.exe' : '';

/** @type {import('./real-servers.mjs').RealServer} */
export const ollama = {
  name: 'ollama',
  label: `Ollama ${version}`,
  variable: 'OLLAMA_BASE_URL',
  // Its list has no order among models that were made in the same second.
  more: { OLLAMA_LIVE_MODEL: 'smollm2:latest' },
  pidVariable: 'OLLAMA_LIVE_PID',

  async isInstalled(directory) {
    if (!existsSync(binary(directory))) return false;
    return (await run(binary(directory), ['--version'], { output: 'capture' })).output.includes(version);
  },

  async install(directory) {
    await requireCommand('go', 'build Ollama', ['version']);
    await requireCommand('cc', 'build Ollama');
    // Go leaves folders named vendor out of its modules, and with them three headers of llama.cpp.
    const headers = join(await llamaCppSources(directory), 'vendor');
    const flags = process.arch === 'x64' ? '-O3 -g0 -march=x86-64-v3' : '-O3 -g0';
    const link = `-s -w -X=github.com/ollama/ollama/version.Version=${version}`;
    await installStep(
      'go',
      ['install', '-p', '2', '-ldflags', link, `github.com/ollama/ollama@v${version}`],
      {
        env: {
          ...process.env,
          CGO_ENABLED: '1',
          CGO_CPPFLAGS: `-I${headers}`,
          CGO_CFLAGS: flags,
          CGO_CXXFLAGS: flags,
          GOBIN: join(directory, 'bin'),
        },
      },
    );
  },

  async start({ directory, gguf, port, logFile, variables = {} }) {
    const host = `127.0.0.1:${port}`;
    const env = {
      ...process.env,
      HOME: join(directory, 'home'),
      OLLAMA_MODELS: join(directory, 'models'),
      OLLAMA_HOST: host,
      OLLAMA_NO_CLOUD: '1',
      ...variables,
    };
    await mkdir(env.HOME, { recursive: true });
    const service = await startService({
      command: binary(directory),
      args: ['serve'],
      env,
      url: `http://${host}`,
      readyPath: '/api/version',
      timeoutMs: 60_000,
      logFile,
    });
    for (const { name, modelfile } of await ollamaModels(directory, gguf)) {
      const path = join(directory, `Modelfile.${name}`);
      await writeFile(path, modelfile);
      const { code, output } = await run(binary(directory), ['create', name, '-f', path], {
        env,
        output: 'capture',
        timeoutMs: 120_000,
      });
      if (code === 0) continue;
      await service.stop();
      throw new Error(`ollama create ${name} failed: ${output.slice(-1000)}`);
    }
    return service;
  },
};

/** @param {string} directory */
function binary(directory) {
  return join(directory, 'bin', `ollama${suffix}`);
}
