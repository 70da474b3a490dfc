/** Makes the kernel that this browser can run. */
import { plainKernel, PlainMemory } from './plain-kernel';
import type { VectorKernel } from './vector-kernel';
import { kernelModule } from './wasm/kernel-module';

type Exports = Omit<VectorKernel, 'memory'>;

let compiled: Promise<WebAssembly.Module> | undefined;

/** In WebAssembly with SIMD where the browser has it (Chromium 91, Firefox 89, Safari 16.4), else in JavaScript. */
export async function createKernel(): Promise<VectorKernel> {
  // A browser in lockdown mode has no WebAssembly at all.
  if (typeof WebAssembly === 'undefined') return plainKernel(new PlainMemory());
  const bytes = kernelModule();
  if (!WebAssembly.validate(bytes)) return plainKernel(new PlainMemory());
  compiled ??= WebAssembly.compile(bytes);
  const memory = new WebAssembly.Memory({ initial: 1 });
  const instance = await WebAssembly.instantiate(await compiled, { page: { memory } });
  // The module is ours: it exports these functions.
  const { scan, histogram, collect, products } = instance.exports as WebAssembly.Exports & Exports;
  return { memory, scan, histogram, collect, products };
}
