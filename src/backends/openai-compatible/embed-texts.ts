/** Texts → vectors, by `/v1/embeddings`. Whether they have unit length is up to the server. */
import { BackendError } from '../../core/backend-error';
import type { ServerConnection } from '../../core/connection';
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
    const inOrder = data.toSorted((a, b) => a.index - b.index);
    return asVectors(
      inOrder.map(({ embedding }) => embedding.map((value) => oneNumber(value, connection))),
      texts,
      connection,
    );
  } catch (thrown) {
    throw embedFailure(thrown, connection);
  }
}

/** @throws BackendError where it is the vector of one token, not a part of the text's */
function oneNumber(value: number | readonly number[], { label }: ServerConnection): number {
  if (typeof value === 'number') return value;
  const message = `${label} made vectors of tokens, not of texts: this model was not made for search.`;
  throw new BackendError('bad-request', message, { hint: 'Choose an embedding model.' });
}
