/** One entry of `/v1/models` as a ModelInfo. */
import type * as v from 'valibot';
import type { ModelInfo } from '../../core/backend';
import type { modelsSchema } from './wire';

type ListedModel = v.InferOutput<typeof modelsSchema>['data'][number];

export function modelInfo({ id, root, max_model_len: maxLength, meta, status }: ListedModel): ModelInfo {
  return {
    id,
    label: fileName(id),
    contextLength: maxLength ?? meta?.n_ctx ?? undefined,
    bytes: meta?.size ?? undefined,
    quantization: meta?.ftype ?? undefined,
    ...(root && root !== id && { source: root }),
    // What a server of this kind lists it has in memory; routers that load on demand do not say.
    isLoaded: status ? isRunning(status.value) : meta || maxLength ? true : undefined,
    ...(status && { isLoadable: true }),
    ...(status?.failed && { hasLoadFailed: true }),
  };
}

/** A router's model that has not been used for a while sleeps, and wakes by itself. */
function isRunning(status: string): boolean {
  return status === 'loaded' || status === 'sleeping';
}

/** InstructLab names a model by the absolute path of its file, on any system. */
function fileName(id: string): string | undefined {
  if (!/^(\/|[A-Za-z]:\\)/.test(id)) return undefined;
  return id
    .split(/[/\\]/)
    .at(-1)
    ?.replace(/\.gguf$/i, '');
}
