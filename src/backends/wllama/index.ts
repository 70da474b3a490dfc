/** GGUF models in the page: llama.cpp in WebAssembly, on the processor or through WebGPU. */
import { dependencies } from '../../../package.json';
import type { Backend } from '../../core/backend';
import { startWorker } from '../../platform/start-worker';
import { createLocalBackend, type LocalContext } from '../shared/local-backend';
import { chooseDevice } from './device';
import { missingInBrowser } from './environment';
import { loadOptions, type WllamaOptions } from './load-options';
import { wllamaParams, wllamaPlainParams } from './params';
import workerUrl from './wllama.worker.ts?worker&url';

export function createWllama(context: LocalContext): Backend {
  return createLocalBackend<WllamaOptions>(
    {
      connection: { id: 'wllama', kind: 'wllama', label: 'In this page' },
      params: wllamaParams,
      plainParams: wllamaPlainParams,
      version: dependencies['@wllama/wllama'],
      canEmbed: true,
      takesTools: true,
      continues: 'natively',
      startWorker: () => startWorker(workerUrl),
      missingInBrowser: () => Promise.resolve(missingInBrowser()),
      chooseDevice,
      optionsFor: loadOptions,
    },
    context,
  );
}
