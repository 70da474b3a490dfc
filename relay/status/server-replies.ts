/** The replies that a probe reads: only the fields that are used, so that a new version of a server still fits. */
import * as v from 'valibot';
import type { ModelInfo } from '../../src/core/backend';

const number = v.fallback(v.optional(v.number()), undefined);
const text = v.fallback(v.optional(v.string()), undefined);

/** Ollama `GET /api/version`, vLLM `GET /version`. */
export const versionReply = v.object({ version: v.string() });

/** llama.cpp `GET /props`. */
export const llamaCppProps = v.object({ build_info: text });

/** InstructLab `GET /openapi.json`: the version of what it serves with. */
export const instructLabApi = v.object({ info: v.object({ version: v.string() }) });

/** InstructLab `GET /`. */
export const instructLabGreeting = v.object({
  message: v.pipe(v.string(), v.startsWith('Hello from InstructLab!')),
});

/** Ollama `GET /api/tags`. */
export const ollamaTags = v.pipe(
  v.object({
    models: v.array(
      v.object({
        name: v.string(),
        size: number,
        digest: text,
        details: v.fallback(v.optional(v.object({ quantization_level: text })), undefined),
      }),
    ),
  }),
  v.transform(({ models }) =>
    models.map(({ name, size, digest, details }) =>
      modelInfo({ id: name, bytes: size, quantization: details?.quantization_level, digest }),
    ),
  ),
);

/** Ollama `GET /api/ps`: the models in its memory, by name. */
export const ollamaLoaded = v.pipe(
  v.object({
    models: v.array(
      v.object({ name: v.string(), context_length: number, expires_at: text, size_vram: number }),
    ),
  }),
  v.transform(
    ({ models }) =>
      new Map(
        models.map(({ name, context_length, expires_at, size_vram }) => {
          const until = Date.parse(expires_at ?? '');
          const loadedUntil = Number.isNaN(until) ? undefined : until;
          const more = { contextLength: context_length, loadedUntil, graphicsBytes: size_vram };
          return [name, modelInfo({ id: name, ...more })];
        }),
      ),
  ),
);

/** `GET /v1/models`; vLLM adds `max_model_len` and `root`, llama.cpp `meta`. */
export const openAiModels = v.pipe(
  v.object({
    data: v.array(
      v.object({
        id: v.string(),
        max_model_len: number,
        root: text,
        meta: v.fallback(v.optional(v.object({ n_ctx: number, size: number, ftype: text })), undefined),
        status: v.fallback(v.optional(v.object({ value: v.string() })), undefined),
      }),
    ),
  }),
  v.transform(({ data }) =>
    data.map(({ id, max_model_len, root, meta, status }) =>
      modelInfo({
        id,
        label: fileName(id),
        contextLength: max_model_len ?? meta?.n_ctx,
        bytes: meta?.size,
        quantization: meta?.ftype,
        source: root === id ? undefined : root,
        isLoaded: status && ['loaded', 'sleeping'].includes(status.value),
        isLoadable: status && true,
      }),
    ),
  ),
);

type Loose<Shape> = { readonly [Key in keyof Shape]: Shape[Key] | undefined };

/** Leaves out what the server did not tell. */
function modelInfo({ id, ...rest }: Loose<Omit<ModelInfo, 'id'>> & { readonly id: string }): ModelInfo {
  return { id, ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) };
}

/** InstructLab names a model by the path of its file, which is too long to show. */
function fileName(id: string): string | undefined {
  return /^(?:\/|[a-z]:\\)/i.test(id)
    ? id
        .split(/[\\/]/)
        .at(-1)
        ?.replace(/\.gguf$/i, '')
    : undefined;
}
