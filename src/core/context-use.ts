/** How much of a model's context window a conversation fills after an answer. */
import type { AnswerMessage } from './conversation';
import { estimateTokens, tokensOf } from './estimate-tokens';

export interface ContextUse {
  /** Tokens of the last prompt and its answer. */
  readonly used: number;
  /** Nobody reported one of the two counts, so that one is a guess from the length. */
  readonly isEstimated: boolean;
  /** The window in force, in tokens; absent where nobody tells. */
  readonly window?: number;
  /** Part of the window that is used, 0–1 and more where a server counts otherwise. */
  readonly share?: number;
  /** The next questions may not fit any more. */
  readonly isNear: boolean;
}

/** From here on a person is warned. */
const nearShare = 0.8;

type Counted = Pick<AnswerMessage, 'usage' | 'measurement' | 'text' | 'promptCharacters'>;

/**
 * @param window the one in force, in tokens; absent where nobody tells
 * @returns `undefined` for an answer that nothing was measured of
 */
export function contextUse(answer: Counted, window: number | undefined): ContextUse | undefined {
  const { usage, measurement, promptCharacters } = answer;
  if (!measurement) return undefined;
  const prompt = usage?.promptTokens ?? (promptCharacters && tokensOf(promptCharacters));
  if (prompt === undefined) return undefined;
  const used = prompt + answerTokens(answer);
  const share = window ? used / window : undefined;
  return {
    used,
    isEstimated: usage?.promptTokens === undefined || usage.completionTokens === undefined,
    ...(window !== undefined && { window }),
    ...(share !== undefined && { share }),
    isNear: share !== undefined && share >= nearShare,
  };
}

/** Thoughts included: they took their place in the window, too. */
function answerTokens({ usage, measurement, text }: Counted): number {
  return usage?.completionTokens ?? measurement?.completionTokens ?? estimateTokens(text);
}
