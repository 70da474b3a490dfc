/** One name for a model of a backend: the key under which settings and maps keep what belongs to it. */
import type { Selection } from './setting-values';

export function modelKey({ backendId, modelId }: Selection): string {
  return `${backendId} ${modelId}`;
}
