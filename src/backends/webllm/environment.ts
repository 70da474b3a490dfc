/** Whether this browser can run WebLLM at all, whatever the model. */
import { BackendError } from '../../core/backend-error';
import { findAdapter } from './device';

/** Throws nothing: the answer is for `probe`, which answers instead of throwing. */
export async function missingInBrowser(): Promise<BackendError | undefined> {
  if (typeof Worker === 'undefined' || !('gpu' in navigator)) return noWebGpu();
  return (await findAdapter()) ? undefined : noAdapter();
}

function noWebGpu(): BackendError {
  return new BackendError(
    'unsupported-environment',
    'WebLLM runs models on the graphics card through WebGPU, which this browser does not offer here.',
    {
      hint: 'Open this page over https or on localhost in a current Chrome, Edge, Safari or Firefox, or choose a model that runs on the processor.',
    },
  );
}

function noAdapter(): BackendError {
  return new BackendError(
    'unsupported-environment',
    'This browser found no graphics card that WebGPU can use, and WebLLM runs on nothing else.',
    {
      hint: 'Turn on hardware acceleration in the browser’s settings, or choose a model that runs on the processor.',
    },
  );
}
