/** The server of llama-cpp-python without InstructLab around it: it knows a key. */
import { parse } from 'node:path';
import { startService } from '../shared/start-service.mjs';
import { instructlab } from './instructlab.mjs';
import { liveKey } from './live-key.mjs';
import { inEnvironment } from './python-environment.mjs';

/** @type {import('./real-servers.mjs').RealServer} */
export const llamaCppPython = {
  ...instructlab,
  name: 'llama-cpp-python',
  label: 'llama-cpp-python 0.3.6',
  variable: 'LLAMA_CPP_PYTHON_BASE_URL',
  more: { LLAMA_CPP_PYTHON_API_KEY: liveKey },
  installedWith: instructlab.name,

  start({ directory, gguf, port, logFile }) {
    const where = [
      '--model',
      gguf,
      '--model_alias',
      parse(gguf).name,
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
    ];
    return startService({
      command: inEnvironment(directory, 'python'),
      args: ['-m', 'llama_cpp.server', ...where, '--n_ctx', '2048', '--api_key', liveKey],
      url: `http://127.0.0.1:${port}`,
      // Everything else of it wants the key.
      readyPath: '/docs',
      timeoutMs: 120_000,
      logFile,
    });
  },
};
