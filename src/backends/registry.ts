/** Connection → backend. Each kind's code is loaded when it is first used. */
import type { Backend } from '../core/backend';
import type { Connection } from '../core/connection';
import { serverPresets } from './presets';

export async function createBackend(connection: Connection): Promise<Backend> {
  switch (connection.kind) {
    case 'wllama':
      return (await import('./wllama')).createWllama(connection);
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
}
