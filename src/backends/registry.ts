/** Connection → backend. Each kind's code is loaded when it is first used. */
import type { Backend } from '../core/backend';
import type { Connection } from '../core/connection';
import type { ModelShelf } from '../core/model-shelf';
import { serverPresets } from './presets';
import { GpuResidency } from './shared/gpu-residency';

/** All engines made by one of these share the shelf and the graphics card. */
export function backendFactory(shelf: ModelShelf): (connection: Connection) => Promise<Backend> {
  const context = { shelf, gpu: new GpuResidency() };
  return async (connection) => {
    switch (connection.kind) {
      case 'wllama':
        return (await import('./wllama')).createWllama(context);
      case 'transformers':
        return (await import('./transformers')).createTransformers(context);
      case 'webllm':
        return (await import('./webllm')).createWebLlm(context);
      case 'prompt-api':
        return (await import('./prompt-api')).createPromptApi();
      case 'ollama':
        return (await import('./ollama')).createOllama(connection);
      case 'vllm':
      case 'instructlab':
      case 'llamacpp':
      case 'openai': {
        const { createOpenAiCompatible } = await import('./openai-compatible');
        return createOpenAiCompatible(connection, serverPresets[connection.kind]);
      }
    }
  };
}
