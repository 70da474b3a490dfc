/** Texts → vectors, by `/v1/embeddings`. Whether they have unit length is up to the server. */
import { asVectors } from '../shared/as-vectors';
import { embedFailure } from '../shared/embed-failure';
import type { AnswerSource } from './stream-answer';
import { embeddingsSchema } from './wire';

/** @throws BackendError; `bad-request` with a way out where the server makes no vectors */
export async function embedTexts(
  { http, connection, api }: Pick<AnswerSource, 'http' | 'connection' | 'api'>,
  texts: readonly string[],
  modelId: string,
  signal: AbortSignal,
): Promise<Float32Array[]> {
  if (texts.length === 0) return [];
  try {
    const body = { model: modelId, input: texts, encoding_format: 'float' };
    const { data } = await http.postJson(`${api}/embeddings`, body, embeddingsSchema, signal);
    // The protocol promises an index, not an order.
    const inOrder = data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding);
    return asVectors(inOrder, texts, connection);
  } catch (thrown) {
    throw embedFailure(thrown, connection);
  }
}
