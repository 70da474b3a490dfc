/** Models compiled for WebGPU in the page: WebLLM, on the graphics card only. */
import { dependencies } from '../../../package.json';
import type { Backend } from '../../core/backend';
import { startWorker } from '../../platform/start-worker';
import { createLocalBackend, type LocalContext } from '../shared/local-backend';
import { chooseDevice } from './device';
import { missingInBrowser } from './environment';
import { loadOptions, type WebLlmOptions } from './load-options';
import { webLlmParams, webLlmPlainParams } from './params';
import workerUrl from './webllm.worker.ts?worker&url';

export function createWebLlm(context: LocalContext): Backend {
  return createLocalBackend<WebLlmOptions>(
    {
      connection: { id: 'webllm', kind: 'webllm', label: 'In this page (WebLLM)' },
      params: webLlmParams,
      plainParams: webLlmPlainParams,
      version: dependencies['@mlc-ai/web-llm'],
      canEmbed: true,
      continues: 'by asking',
      startWorker: () => startWorker(workerUrl),
      missingInBrowser,
      chooseDevice,
      optionsFor: loadOptions,
    },
    context,
  );
}
