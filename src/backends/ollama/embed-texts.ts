/** Texts → vectors of unit length, by Ollama's `/api/embed` (PROTOCOLS A). */
import type { ServerConnection } from '../../core/connection';
import { asVectors } from '../shared/as-vectors';
import { embedFailure } from '../shared/embed-failure';
import type { ServerHttp } from '../shared/http';
import { embeddingsSchema } from './wire';

/** @throws BackendError; `context-overflow` for a text that Ollama would cut in silence if it were let to */
export async function embedTexts(
  { http, connection }: { readonly http: ServerHttp; readonly connection: ServerConnection },
  texts: readonly string[],
  modelId: string,
  signal: AbortSignal,
): Promise<Float32Array[]> {
  // An empty list is answered without vectors, but an empty text too.
  if (texts.length === 0) return [];
  const body = { model: modelId, input: texts, truncate: false };
  try {
    const { embeddings } = await http.postJson('/api/embed', body, embeddingsSchema, signal);
    return asVectors(embeddings, texts, connection);
  } catch (thrown) {
    throw embedFailure(thrown, connection);
  }
}
