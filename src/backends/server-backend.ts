/** Connection of a server → backend, in a page or on Node. Each kind's code is loaded when it is first used. */
import type { Backend } from '../core/backend';
import type { ServerConnection } from '../core/connection';
import { serverPresets } from './presets';
import type { LaneClient } from './shared/lanes/lane-client';

export interface ServerBackendOptions {
  readonly fetch?: typeof fetch;
  /** For answers through the relay; without it each has a connection of its own. */
  readonly lanes?: LaneClient | undefined;
}

export async function serverBackend(
  connection: ServerConnection,
  options: ServerBackendOptions = {},
): Promise<Backend> {
  if (connection.kind === 'ollama') return (await import('./ollama')).createOllama(connection, options);
  const { createOpenAiCompatible } = await import('./openai-compatible');
  return createOpenAiCompatible(connection, serverPresets[connection.kind], options);
}
