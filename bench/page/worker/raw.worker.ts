/** The engine alone in a worker: it says when the first token is there and when the answer ends, nothing else. */
import { Wllama, type ChatCompletionChunk } from '@wllama/wllama/esm/index.js';
import wasmUrl from '@wllama/wllama/esm/wasm/wllama.wasm?url';

export type RawRequest = { readonly load: string } | { readonly prompt: string; readonly maxTokens: number };
export type RawReply = 'loaded' | 'first token' | 'done';

const quiet = () => undefined;
const logger = { debug: quiet, log: quiet, warn: quiet, error: quiet };
const wllama = new Wllama({ default: wasmUrl }, { logger });
wllama.setCompat(null);

self.addEventListener('message', (event: MessageEvent<RawRequest>) => {
  void ('load' in event.data ? load(event.data.load) : answer(event.data));
});

// The same settings as in src/backends/wllama/engine.ts.
async function load(url: string): Promise<void> {
  const blob = await (await fetch(url)).blob();
  const cpu = { n_gpu_layers: 0, n_batch: 8, n_ubatch: 8 };
  await wllama.loadModel([blob], { ...cpu, n_ctx: 1024, n_threads: 1, n_parallel: 1, warmup: false });
  self.postMessage('loaded');
}

async function answer({ prompt, maxTokens }: { prompt: string; maxTokens: number }): Promise<void> {
  const messages = [{ role: 'user' as const, content: prompt }];
  const chunks: AsyncIterable<ChatCompletionChunk> = await wllama.createChatCompletion({
    messages,
    temperature: 0,
    max_tokens: maxTokens,
    stream: true,
    // wllama's types do not know it; without it there is no usage, and both sides must do the same work.
    ...{ stream_options: { include_usage: true } },
  });
  let isFirst = true;
  for await (const chunk of chunks) {
    if (!isFirst || !chunk.choices[0]?.delta.content) continue;
    isFirst = false;
    self.postMessage('first token');
  }
  self.postMessage('done');
}
