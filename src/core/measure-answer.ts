/** The figures of one answer by our own brackets: the same for a chat, a lane and a batch, in a page and on Node. */
import type { MeasuredTimes } from './answer-clock';
import type { LoadTimings } from './backend';
import type { Usage } from './chat-event';
import type { Measurement } from './conversation';

/**
 * Milliseconds. Tokens of an engine in the page arrive in bundles of up to 8 ms: over less than two of them a rate
 * would measure the bundling.
 */
const shortestDecodeMs = 16;

export interface AnswerFacts {
  readonly times: MeasuredTimes;
  /** As the backend reports it; absent where it does not. */
  readonly usage: Usage | undefined;
  /** Tokens that were written, estimated from the length: taken where nobody counted. */
  readonly writtenTokens: number;
  /** Milliseconds of loading before the request; absent where the model was ready. */
  readonly loadMs?: number | undefined;
  readonly loadTimings?: LoadTimings | undefined;
  readonly isCold: boolean;
  /** It was not streamed. */
  readonly arrivedWhole: boolean;
  /** Counts and times are of two attempts. */
  readonly isRepeated: boolean;
}

export function measureAnswer(facts: AnswerFacts): Measurement {
  const { usage, loadMs, loadTimings } = facts;
  const reported = usage?.completionTokens;
  const completionTokens = reported ?? facts.writtenTokens;
  const { decodeMs, ...measured } = facts.times;
  const hasSpeed = !facts.arrivedWhole && !facts.isRepeated;
  const isTimed = hasSpeed && decodeMs !== undefined && decodeMs >= shortestDecodeMs;
  return {
    ...measured,
    loadMs,
    loadTimings: loadMs === undefined ? undefined : loadTimings,
    ...(facts.isCold && { isCold: true }),
    ...(facts.arrivedWhole && { arrivedWhole: true }),
    ...(facts.isRepeated && { isRepeated: true }),
    prefillTokensPerSecond: hasSpeed ? prefillRate(usage, measured.firstTokenMs) : undefined,
    // The first token ends the prefill, so the rate is over the tokens that follow it.
    tokensPerSecond: completionTokens > 1 && isTimed ? ((completionTokens - 1) / decodeMs) * 1000 : undefined,
    completionTokens,
    isEstimated: reported === undefined,
  };
}

/** Absent where the backend reports no prompt tokens. The time to first token holds the first decode step too. */
function prefillRate(usage: Usage | undefined, firstTokenMs: number | undefined): number | undefined {
  if (usage?.promptTokens === undefined || !firstTokenMs) return undefined;
  const read = usage.promptTokens - (usage.cachedTokens ?? 0);
  return read > 0 ? (read / firstTokenMs) * 1000 : undefined;
}
