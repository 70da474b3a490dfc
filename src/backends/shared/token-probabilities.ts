/** Token probabilities as OpenAI's chat API words them, which llama.cpp, vLLM, WebLLM and Ollama took over. */
import type { TokenProbabilities } from '../../core/chat-event';
import type { JsonObject } from '../../core/json';

/** Natural logarithms. */
export interface SaidToken {
  readonly token: string;
  readonly logprob: number;
  readonly top_logprobs?: readonly { readonly token: string; readonly logprob: number }[] | null;
}

/** The number of alternatives alone has no effect. @param body with or without `top_logprobs` */
export function withLogprobs(body: JsonObject): JsonObject {
  return 'top_logprobs' in body ? { ...body, logprobs: true } : body;
}

/** Nothing where nothing was said. */
export function* tokenProbabilities(
  said: readonly SaidToken[] | null | undefined,
): Generator<TokenProbabilities> {
  if (!said?.length) return;
  const tokens = said.map(({ token, logprob, top_logprobs }) => ({
    text: token,
    probability: Math.exp(logprob),
    alternatives: (top_logprobs ?? []).map((one) => ({
      text: one.token,
      probability: Math.exp(one.logprob),
    })),
  }));
  yield { type: 'token-probabilities', tokens };
}
