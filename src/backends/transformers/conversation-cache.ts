/** Keys and values of the last conversation, so that the next turn reads only what is new. */
import { DynamicCache, Tensor } from '@huggingface/transformers';

export class ConversationCache {
  #tokens: readonly number[] = [];
  #cache: DynamicCache | undefined;

  /**
   * What is kept of a prompt's beginning. It belongs to the caller from now on: it is used up or disposed of.
   * At least one token is left to read, because only reading gives scores.
   */
  async take(prompt: readonly number[]): Promise<{ cache: DynamicCache; length: number } | undefined> {
    const cache = this.#cache;
    const shared = sharedLength(this.#tokens, prompt.slice(0, -1));
    const kept = this.#tokens.length;
    this.#cache = undefined;
    this.#tokens = [];
    if (!cache) return undefined;
    if (shared === kept) return { cache, length: kept };
    const shorter = shared > 0 ? cropped(cache, shared) : undefined;
    if (!shorter) await cache.dispose();
    return shorter && { cache: shorter, length: shared };
  }

  /** @param tokens those whose keys and values are in the cache */
  async keep(tokens: readonly number[], cache: DynamicCache): Promise<void> {
    await this.clear();
    this.#tokens = tokens.slice(0, cache.get_seq_length());
    this.#cache = cache;
  }

  async clear(): Promise<void> {
    await this.#cache?.dispose();
    this.#cache = undefined;
    this.#tokens = [];
  }
}

function sharedLength(one: readonly number[], other: readonly number[]): number {
  const most = Math.min(one.length, other.length);
  for (let at = 0; at < most; at++) if (one[at] !== other[at]) return at;
  return most;
}

/**
 * The first positions only. Not for tensors on the graphics card, which would have to come back first, nor for
 * models that keep something else beside keys and values (dims [batch, heads, positions, head size]).
 */
function cropped(cache: DynamicCache, length: number): DynamicCache | undefined {
  const entries = Object.entries(cache).filter(
    (entry): entry is [string, Tensor] => entry[1] instanceof Tensor,
  );
  const isPlain = entries.every(
    ([name, { location, dims }]) => /\.(key|value)$/.test(name) && location === 'cpu' && dims.length === 4,
  );
  if (!isPlain) return undefined;
  return new DynamicCache(
    Object.fromEntries(entries.map(([name, tensor]) => [name, tensor.slice(null, null, [0, length], null)])),
  );
}
