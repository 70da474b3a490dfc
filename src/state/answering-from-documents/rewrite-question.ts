/** A question that leans on the conversation, rewritten by the chat model so that it can be searched for. */
import { BackendError } from '../../core/backend-error';
import type { ChatMessage } from '../../core/chat-message';
import { keepsToQuestion, readRewritten } from '../../documents/prompt/read-rewritten';
import { rewritingPrompt } from '../../documents/prompt/rewriting-prompt';
import { randomHex } from '../../platform/random-hex';
import { askModel, type AskedModel } from './ask-model';

export interface Rewritten {
  /** What to search for. */
  readonly query: string;
  /** Why it is the question as it was typed. */
  readonly notice?: string;
}

/** A model that thinks needs more for its thoughts; then the question stays as it is. */
const longestReply = 256;

/** @throws the signal's reason once it is aborted, and nothing else: a failure leaves the question as it is */
export async function rewriteQuestion(
  question: string,
  history: readonly ChatMessage[],
  model: AskedModel,
  signal: AbortSignal,
): Promise<Rewritten> {
  try {
    const prompt = rewritingPrompt({ question, history, mark: randomHex(8) });
    const base = { temperature: 0, maxTokens: longestReply };
    const reply = await askModel(model, prompt, [{ ...base, thinking: false }, base], signal);
    const query = readRewritten(reply);
    if (query === undefined)
      return { query: question, notice: unchanged('the model gave no question that could be read') };
    if (keepsToQuestion(query, question, history)) return { query };
    return { query: question, notice: unchanged('the model repeated the conversation instead') };
  } catch (thrown) {
    signal.throwIfAborted();
    return { query: question, notice: unchanged(BackendError.from(thrown).message) };
  }
}

function unchanged(why: string): string {
  return `The question could not be rewritten from the conversation (${why.replace(/\.$/, '')}), so it was searched for as it stands.`;
}
