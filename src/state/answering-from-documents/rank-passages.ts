/** Passages put in order once more, by the chat model that reads question and passage together. */
import { BackendError } from '../../core/backend-error';
import type { Passage } from '../../core/retrieval';
import { rankingPrompt, rankingSchema } from '../../documents/prompt/ranking-prompt';
import { readRanking } from '../../documents/prompt/read-ranking';
import { randomHex } from '../../platform/random-hex';
import { askModel, type AskedModel } from './ask-model';

export interface Ranked {
  readonly passages: readonly Passage[];
  /** Why the order is still that of the search. */
  readonly notice?: string;
}

/** Each score is about twenty tokens. */
const tokensPerScore = 24;

/** @throws the signal's reason once it is aborted, and nothing else: a failure leaves the order as it is */
export async function rankPassages(
  question: string,
  passages: readonly Passage[],
  model: AskedModel,
  signal: AbortSignal,
): Promise<Ranked> {
  try {
    const prompt = rankingPrompt({ question, passages, mark: randomHex(8) });
    const base = { temperature: 0, maxTokens: 100 + tokensPerScore * passages.length };
    const tries = [{ ...base, thinking: false, format: rankingSchema }, base];
    const ranked = readRanking(await askModel(model, prompt, tries, signal), passages);
    if (ranked) return { passages: ranked };
    return { passages, notice: unchanged('the model gave no scores that could be read') };
  } catch (thrown) {
    signal.throwIfAborted();
    return { passages, notice: unchanged(BackendError.from(thrown).message) };
  }
}

function unchanged(why: string): string {
  return `The model did not put the passages in order (${why.replace(/\.$/, '')}): they stand in the order of the search.`;
}
