/** A LocalModel as the record that WebLLM keeps of a model. */
import { type ModelRecord, ModelType } from '@mlc-ai/web-llm';
import { isEmbeddingModel, type LocalModel, webLlmLibraryPath } from '../../core/local-model';
import { needsF16 } from './device';

/**
 * Where the files seem to lie. Nothing is ever fetched from there: `file-cache.ts` answers. The top-level name is
 * one that cannot exist, and `resolve` keeps WebLLM from adding a path of its own.
 */
export const filesUrl = 'https://model.invalid/resolve/local/';

const manifestPath = 'mlc-model-manifest.json';

export function modelRecord(model: LocalModel, contextLength?: number): ModelRecord {
  return {
    model_id: model.id,
    model: filesUrl,
    model_lib: urlOf(webLlmLibraryPath),
    model_type: typeOf(model),
    required_features: needsF16(model) ? ['shader-f16'] : [],
    integrity: integrityOf(model),
    ...(hasManifest(model) && { model_manifest: manifestPath }),
    // The two windows exclude each other, and some models come with the sliding one.
    ...(contextLength !== undefined && {
      overrides: { context_window_size: contextLength, sliding_window_size: -1 },
    }),
  };
}

export function urlOf(path: string): string {
  return new URL(path, filesUrl).href;
}

export function hasManifest({ files }: LocalModel): boolean {
  return files.some(({ path }) => path === manifestPath);
}

function typeOf(model: LocalModel): ModelType {
  if (isEmbeddingModel(model)) return ModelType.embedding;
  return model.capabilities?.vision ? ModelType.VLM : ModelType.LLM;
}

/** WebLLM checks what it can check itself, of the very bytes that it runs; weights were checked by the shelf. */
function integrityOf({ files }: LocalModel): ModelRecord['integrity'] {
  const sums = new Map(
    files.flatMap(({ path, sha256 }) => (sha256 ? [[path, subresourceIntegrity(sha256)] as const] : [])),
  );
  const tokenizer = ['tokenizer.json', 'tokenizer.model'].flatMap((path) => {
    const sum = sums.get(path);
    return sum ? [[path, sum] as const] : [];
  });
  return {
    config: sums.get('mlc-chat-config.json'),
    model_lib: sums.get(webLlmLibraryPath),
    tokenizer: Object.fromEntries(tokenizer),
    onFailure: 'error',
  };
}

function subresourceIntegrity(hex: string): string {
  const bytes = (hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  return `sha256-${btoa(String.fromCharCode(...bytes))}`;
}
