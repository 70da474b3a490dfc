/** The models in this page that can be loaded without a download. */
import { answers } from '../core/answers';
import { isLocalEngine } from '../core/local-model';
import type { BackendEntry } from './backend-entry';
import type { ModelHere } from './smaller-steps';

/** Only those that answer: embedding models are no way out of a failed chat. */
export function modelsHere(entries: readonly BackendEntry[]): ModelHere[] {
  return entries
    .filter(({ connection }) => isLocalEngine(connection.kind))
    .flatMap(({ connection, models }) =>
      models.filter(answers).map(({ id, label = id, quantization, bytes = 0 }) => ({
        backendId: connection.id,
        modelId: id,
        label,
        bytes,
        ...(quantization !== undefined && { quantization }),
      })),
    );
}
