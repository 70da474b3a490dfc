/** Connection → backend. Each kind's code is loaded when it is first used. */
import type { Backend } from '../core/backend';
import type { Connection, ServerConnection } from '../core/connection';
import type { ModelShelf } from '../core/model-shelf';
import { serverBackend } from './server-backend';
import { GpuResidency } from './shared/gpu-residency';
import type { LaneClient } from './shared/lanes/lane-client';

/** All engines made by one of these share the shelf and the graphics card. */
export function backendFactory(shelf: ModelShelf): (connection: Connection) => Promise<Backend> {
  const context = { shelf, gpu: new GpuResidency() };
  let lanes: Promise<LaneClient> | undefined;
  /** One for all servers behind the relay: they share its connection. */
  const lanesFor = ({ via, baseUrl }: ServerConnection): Promise<LaneClient> | undefined => {
    if (via === 'direct') return undefined;
    lanes ??= import('./shared/lanes/lane-client').then(
      ({ LaneClient }) => new LaneClient(new URL(baseUrl).origin),
    );
    return lanes;
  };
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
      default:
        return serverBackend(connection, { lanes: await lanesFor(connection) });
    }
  };
}
