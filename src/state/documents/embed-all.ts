/** One vector for each text, also where a text is longer than the model reads. */
import { BackendError } from '../../core/backend-error';

/** Of its characters, what stays of a text that is too long, until it fits. */
const keptPart = 0.7;
/** A model that does not even read this many characters fails for another reason. */
const shortest = 64;

export interface MadeVectors {
  readonly vectors: readonly Float32Array[];
  /** Texts that were longer than the model reads: their vectors are of their beginnings. */
  readonly shortened: number;
}

/** @throws what `embed` throws for another reason */
export async function embedAll(
  embed: (texts: readonly string[]) => Promise<Float32Array[]>,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<MadeVectors> {
  try {
    return { vectors: await embed(texts), shortened: 0 };
  } catch (thrown) {
    if (!isTooLong(thrown)) throw thrown;
  }
  if (texts.length === 1)
    return { vectors: await embedBeginning(embed, texts[0] ?? '', signal), shortened: 1 };
  // Nobody says which one it was.
  const middle = Math.ceil(texts.length / 2);
  const first = await embedAll(embed, texts.slice(0, middle), signal);
  const second = await embedAll(embed, texts.slice(middle), signal);
  return { vectors: [...first.vectors, ...second.vectors], shortened: first.shortened + second.shortened };
}

async function embedBeginning(
  embed: (texts: readonly string[]) => Promise<Float32Array[]>,
  text: string,
  signal: AbortSignal,
): Promise<Float32Array[]> {
  signal.throwIfAborted();
  const beginning = text.slice(0, Math.floor(text.length * keptPart));
  try {
    return await embed([beginning]);
  } catch (thrown) {
    if (!isTooLong(thrown) || beginning.length <= shortest) throw thrown;
    return embedBeginning(embed, beginning, signal);
  }
}

function isTooLong(thrown: unknown): boolean {
  return thrown instanceof BackendError && thrown.code === 'context-overflow';
}
