/**
 * How many tokens passages may take: what the context window leaves beside the conversation and the answer, and not more
 * than a slow model reads while a person waits.
 */
import type { RetrievalReport } from '../../core/retrieval';

export interface WindowUse {
  /** The window in force, in tokens; absent where nobody tells. */
  readonly window: number | undefined;
  /** Tokens of everything else that is sent: conversation, question, system prompt, tools. */
  readonly sentTokens: number;
  /** The limit of the answer, where one is set, in tokens. */
  readonly longestAnswer: number | undefined;
  /** Tokens per second that the model reads; absent where that is no matter. */
  readonly readsPerSecond?: number;
}

/** Nearly every model that is served today takes so many tokens. */
const leastWindow = 4096;
/** Tokens left to an answer without a limit of its own, where the window is wide enough. */
const usualAnswer = 1024;
/** Rules and marks around the passages, in tokens. */
const frame = 250;
/** How long a person waits for a first word before giving up, about: so many seconds are for reading. */
export const readingSeconds = 60;
/** One passage of usual length is worth any wait. */
const leastRead = 350;
/** Counts are guesses from the length, which some languages and most tables exceed. */
const safety = 0.9;

export function passageBudget({
  window,
  sentTokens,
  longestAnswer,
  readsPerSecond,
}: WindowUse): RetrievalReport['budget'] {
  const whole = window ?? leastWindow;
  // A limit that is as wide as the window must not leave passages without any room.
  const answer = Math.min(longestAnswer ?? usualAnswer, Math.floor(whole / 4));
  const left = Math.floor((whole - answer) * safety) - sentTokens - frame;
  const tokens = Math.max(0, left);
  const isEstimated = window === undefined;
  if (readsPerSecond === undefined) return { tokens, isEstimated };
  const read = Math.max(leastRead, Math.floor(readsPerSecond * readingSeconds) - frame);
  return read < tokens ? { tokens: read, isEstimated, readsPerSecond } : { tokens, isEstimated };
}
