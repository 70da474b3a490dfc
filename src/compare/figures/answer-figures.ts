/** The figures of one answer: the same brackets for every backend, whatever it reports itself. */
import type { AnswerMessage } from '../../core/conversation';
import type { AnswerFigures, Figure, FigureName } from './figure';
import type { ModelPrice } from './model-price';

export interface FigureSources {
  /** Absent where the person set none. */
  readonly price?: ModelPrice | undefined;
  /** What the model takes up. */
  readonly memory?: Figure | undefined;
}

/** Of an answer that still runs, only what does not depend on its end. */
export function answerFigures(answer: AnswerMessage, { price, memory }: FigureSources = {}): AnswerFigures {
  const { measurement, usage, timings } = answer;
  const read = usage?.promptTokens === undefined ? undefined : usage.promptTokens - (usage.cachedTokens ?? 0);
  const written = measurement && writtenTokens(measurement);
  const figures: Readonly<Record<FigureName, Figure | undefined>> = {
    firstToken: known(measurement?.firstTokenMs, timings?.prefillMs),
    prefill: known(measurement?.prefillTokensPerSecond, perSecond(read, timings?.prefillMs)),
    decode: estimatedIf(
      measurement?.isEstimated,
      known(measurement?.tokensPerSecond, perSecond(usage?.completionTokens, timings?.decodeMs)),
    ),
    tokensIn: known(usage?.promptTokens),
    tokensCached: known(usage?.cachedTokens),
    tokensOut: written,
    tokensReasoning: known(usage?.reasoningTokens),
    load: known(measurement?.loadMs, timings?.loadMs),
    memory,
    cost: price && written && costOf(price, usage?.promptTokens, written),
    total: known(measurement?.totalMs, engineTotal(answer)),
  };
  return Object.fromEntries(Object.entries(figures).filter(([, figure]) => figure !== undefined));
}

function writtenTokens({
  completionTokens,
  isEstimated,
}: NonNullable<AnswerMessage['measurement']>): Figure | undefined {
  // Nothing was said and nothing reported: that is no count of zero.
  if (isEstimated && completionTokens === 0) return undefined;
  return estimatedIf(isEstimated, { value: completionTokens });
}

/** Tokens from a cache are reckoned like all others: what they cost less, the person's price does not tell. */
function costOf(
  { input, output }: ModelPrice,
  tokensIn: number | undefined,
  written: Figure,
): Figure | undefined {
  if (tokensIn === undefined && input > 0) return undefined;
  const value = ((tokensIn ?? 0) * input + written.value * output) / 1_000_000;
  return estimatedIf(written.isEstimated, { value });
}

function engineTotal({ timings }: AnswerMessage): number | undefined {
  if (timings?.prefillMs === undefined || timings.decodeMs === undefined) return undefined;
  return timings.prefillMs + timings.decodeMs + (timings.loadMs ?? 0);
}

function perSecond(tokens: number | undefined, ms: number | undefined): number | undefined {
  return tokens && ms ? (tokens / ms) * 1000 : undefined;
}

function known(value: number | undefined, engine?: number): Figure | undefined {
  if (value === undefined) return undefined;
  return engine === undefined ? { value } : { value, engine };
}

function estimatedIf(isEstimated: boolean | undefined, figure: Figure): Figure;
function estimatedIf(isEstimated: boolean | undefined, figure: Figure | undefined): Figure | undefined;
function estimatedIf(isEstimated: boolean | undefined, figure: Figure | undefined): Figure | undefined {
  return figure && isEstimated ? { ...figure, isEstimated: true } : figure;
}
