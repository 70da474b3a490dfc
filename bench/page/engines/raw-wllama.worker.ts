/** wllama alone. */
import { Wllama } from '@wllama/wllama/esm/index.js';
import wasmUrl from '@wllama/wllama/esm/wasm/wllama.wasm?url';
import type { CompletionChunk } from '../../../src/backends/wllama/completion-events';
import { serveRaw } from './raw-protocol';

const quiet = () => undefined;

// The same settings as in src/backends/wllama/engine.ts.
serveRaw(async ({ files, contextLength, threads }) => {
  const logger = { debug: quiet, log: quiet, warn: quiet, error: quiet };
  const wllama = new Wllama({ default: wasmUrl }, { logger });
  wllama.setCompat(null);
  const blobs = files.map(({ blob }) => blob);
  const cpu = { n_gpu_layers: 0, n_batch: 8, n_ubatch: 8 };
  const size = { n_ctx: contextLength, n_threads: threads, n_parallel: 1 };
  await wllama.loadModel(blobs, { ...cpu, ...size, warmup: false });
  return async ({ messages, maxTokens }, onText) => {
    const chunks: AsyncIterable<CompletionChunk> = await wllama.createChatCompletion({
      messages: messages.map(({ role, text }) => ({ role: role === 'tool' ? 'user' : role, content: text })),
      temperature: 0,
      max_tokens: maxTokens,
      stream: true,
      // wllama's types do not know it; without it there is no usage, and both sides must do the same work.
      ...{ stream_options: { include_usage: true } },
    });
    let usage: CompletionChunk['usage'];
    for await (const chunk of chunks) {
      if (chunk.choices?.[0]?.delta?.content) onText();
      usage = chunk.usage ?? usage;
    }
    const { prompt_tokens = NaN, completion_tokens = NaN, prompt_tokens_details } = usage ?? {};
    return {
      readTokens: prompt_tokens - (prompt_tokens_details?.cached_tokens ?? 0),
      answerTokens: completion_tokens,
    };
  };
});
