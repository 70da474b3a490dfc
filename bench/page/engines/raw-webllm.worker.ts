/** WebLLM alone. */
import { MLCEngine } from '@mlc-ai/web-llm';
import { installFileCache } from '../../../src/backends/webllm/file-cache';
import { modelRecord } from '../../../src/backends/webllm/model-record';
import { serveRaw } from './raw-protocol';

serveRaw(async ({ model, files, contextLength }) => {
  installFileCache(files);
  const engine = new MLCEngine({
    appConfig: { model_list: [modelRecord(model, contextLength)], cacheBackend: 'cache' },
    logLevel: 'SILENT',
  });
  await engine.reload(model.id);
  return async ({ messages, maxTokens }, onText) => {
    // As a page without our layer would: nothing is kept of the last conversation.
    await engine.resetChat();
    const chunks = await engine.chat.completions.create({
      messages: messages.map(({ role, text }) => ({ role: role === 'tool' ? 'user' : role, content: text })),
      temperature: 0,
      max_tokens: maxTokens,
      stream: true,
      stream_options: { include_usage: true },
    });
    let counts = { readTokens: NaN, answerTokens: NaN };
    for await (const { choices, usage } of chunks) {
      if (choices[0]?.delta.content) onText();
      if (usage) counts = { readTokens: usage.prompt_tokens, answerTokens: usage.completion_tokens };
    }
    return counts;
  };
});
