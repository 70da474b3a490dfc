/** What the browser must bring along for wllama's WebAssembly, and what to say where it does not. */
import { BackendError } from '../../core/backend-error';

/** Throws nothing: the answer is for `probe`, which answers instead of throwing. */
export function missingInBrowser(): BackendError | undefined {
  const missing = [
    ...(typeof Worker === 'undefined' ? ['workers'] : []),
    ...('Suspending' in WebAssembly ? [] : ['JavaScript Promise Integration (JSPI)']),
    ...(hasMemory64() ? [] : ['64-bit WebAssembly memory']),
  ];
  if (missing.length === 0) return undefined;
  return new BackendError(
    'unsupported-environment',
    `This browser cannot run a model in the page: it lacks ${missing.join(' and ')}. ` +
      'Chrome or Edge from version 137 and Firefox from version 153 can; Safari cannot yet.',
    { hint: 'Open this page in one of these browsers, or choose a model on a server.' },
  );
}

function hasMemory64(): boolean {
  try {
    // TypeScript knows neither `address` nor the bigint that it asks for.
    const descriptor: unknown = { address: 'i64', initial: 1n };
    new WebAssembly.Memory(descriptor as WebAssembly.MemoryDescriptor);
    return true;
  } catch {
    return false;
  }
}
