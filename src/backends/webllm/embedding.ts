/** Text vectors as WebLLM makes them: the vector of the first token, as it comes out of the model. */
import type { MLCEngineInterface } from '@mlc-ai/web-llm';
import { BackendError } from '../../core/backend-error';
import type { LocalModel } from '../../core/local-model';

/** The smallest batch that the published libraries were compiled for; a stop takes effect between two. */
const batchSize = 4;

/** @throws BackendError `bad-request`, what WebLLM throws, or the signal's reason */
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
  for (let begin = 0; begin < texts.length; begin += batchSize) {
    signal.throwIfAborted();
    const input = texts.slice(begin, begin + batchSize).map(withMarks);
    const { data } = await engine.embeddings.create({ input });
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
