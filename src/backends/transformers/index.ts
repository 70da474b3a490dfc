/** ONNX models in the page: Transformers.js, on the processor or through WebGPU. */
import { dependencies } from '../../../package.json';
import type { Backend } from '../../core/backend';
import { startWorker } from '../../platform/start-worker';
import { createLocalBackend, type LocalContext } from '../shared/local-backend';
import { chooseDevice } from './device';
import { loadOptions, type TransformersOptions } from './load-options';
import { transformersParams, transformersPlainParams } from './params';
import workerUrl from './transformers.worker.ts?worker&url';

export function createTransformers(context: LocalContext): Backend {
  return createLocalBackend<TransformersOptions>(
    {
      connection: { id: 'transformers', kind: 'transformers', label: 'In this page (Transformers.js)' },
      params: transformersParams,
      plainParams: transformersPlainParams,
      version: dependencies['@huggingface/transformers'],
      canEmbed: true,
      continues: 'natively',
      startWorker: () => startWorker(workerUrl),
      // WebAssembly with SIMD is all it needs, and no browser that opens this page lacks it.
      missingInBrowser: () => Promise.resolve(undefined),
      chooseDevice,
      optionsFor: loadOptions,
    },
    context,
  );
}
