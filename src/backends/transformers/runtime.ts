/** ONNX Runtime's own files: from our origin, one build for processor and graphics card. */
import { env, LogLevel } from '@huggingface/transformers';
import mjsUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';

/** Before the first session of this worker. */
export function installRuntime(threads: number): void {
  // With an error it would write all tokens of the conversation to the console. The error itself reaches the page.
  env.logLevel = LogLevel.NONE;
  // The library's own cache loads the script through a blob: address, which the page's policy forbids.
  env.useWasmCache = false;
  const { wasm } = env.backends.onnx;
  if (!wasm) return;
  wasm.wasmPaths = { mjs: absolute(mjsUrl), wasm: absolute(wasmUrl) };
  wasm.numThreads = threads;
}

function absolute(url: string): string {
  return new URL(url, self.location.href).href;
}
