/** Text vectors as WebLLM makes them: the vector of the first token, as it comes out of the model. */
import type { MLCEngineInterface } from '@mlc-ai/web-llm';
import { BackendError } from '../../core/backend-error';
import type { LocalModel } from '../../core/local-model';

/**
 * One text at a time, because the attention in the published libraries has no mask: beside a longer text, the zeros
 * that a shorter one is filled up with change its vector. A stop takes effect between two.
 *
 * @throws BackendError `bad-request`, what WebLLM throws, or the signal's reason */
export async function embedTexts(
  engine: Pick<MLCEngineInterface, 'embeddings'>,
  model: LocalModel,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<Float32Array[]> {
  const { pooling = 'cls', isNormalized = true } = model.embedding ?? {};
  if (pooling !== 'cls') {
    throw new BackendError('bad-request', `${model.label} pools its vectors in a way that WebLLM cannot.`, {
      hint: 'Choose its build for another engine.',
    });
  }
  const vectors: Float32Array[] = [];
  for (const text of texts) {
    signal.throwIfAborted();
    const { data } = await engine.embeddings.create({ input: [withMarks(text)] });
    vectors.push(
      ...data.map(({ embedding }) => (isNormalized ? normalized(embedding) : Float32Array.from(embedding))),
    );
  }
  return vectors;
}

/** WebLLM's tokenizer adds no special tokens, and all of its embedding models are of the BERT family. */
function withMarks(text: string): string {
  return `[CLS] ${text} [SEP]`;
}

function normalized(vector: readonly number[]): Float32Array {
  const length = Math.hypot(...vector);
  return Float32Array.from(vector, (value) => (length > 0 ? value / length : 0));
}
