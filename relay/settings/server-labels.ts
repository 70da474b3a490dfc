/** What each kind of server is called on the screen, unless the configuration says otherwise. */
import type { ServerKind } from '../../src/core/connection';

export const serverLabels: Readonly<Record<ServerKind, string>> = {
  ollama: 'Ollama',
  vllm: 'vLLM',
  instructlab: 'InstructLab',
  llamacpp: 'llama.cpp',
  openai: 'OpenAI-compatible',
};
