/** An answer's figures as words; `≈` marks what nobody reported and we estimated. */
import type { AnswerMessage, Measurement } from '../../core/conversation';
import { formatMs, formatRate } from '../shared/format';
import { type ClockPair, decodeClocks, totalClocks } from './compare-clocks';

export interface Figure {
  readonly label: string;
  readonly value: string;
  readonly explanation: string;
  /** The engine's own clock says something else, and this is what. */
  readonly dispute?: string;
}

/** An answer that has its figures, wherever it stands. */
export type MeasuredAnswer = Pick<AnswerMessage, 'measurement' | 'usage' | 'timings' | 'continuedFrom'>;

export function figuresOf(message: MeasuredAnswer): Figure[] {
  const { measurement, usage } = message;
  if (!measurement) return [];
  const { firstTokenMs, totalMs, tokensPerSecond, completionTokens, isEstimated } = measurement;
  const about = isEstimated ? '≈ ' : '';
  const guess = isEstimated ? ' Estimated from the length: this backend reports no counts.' : '';
  const figures: (Figure | undefined)[] = [
    message.continuedFrom ? continuedFigure : undefined,
    measurement.isCold ? coldFigure : undefined,
    measurement.arrivedWhole ? wholeFigure : undefined,
    measurement.isRepeated ? repeatedFigure : undefined,
    firstTokenMs === undefined
      ? undefined
      : {
          label: 'first token',
          value: formatMs(firstTokenMs),
          explanation: 'Time to first token, measured in this page; loading the model is not in it.',
        },
    prefillFigure(message, measurement),
    tokensPerSecond === undefined
      ? undefined
      : {
          label: 'tokens/s',
          value: `${about}${formatRate(tokensPerSecond)}`,
          explanation: `Decode speed after the first token, measured in this page.${guess}`,
          ...dispute(decodeClocks(message)),
        },
    completionTokens === 0
      ? undefined
      : {
          label: completionTokens === 1 ? 'token' : 'tokens',
          value: `${about}${completionTokens}`,
          explanation: `Generated tokens, reasoning included.${guess}`,
        },
    usage?.promptTokens === undefined
      ? undefined
      : {
          label: 'prompt',
          value: String(usage.promptTokens),
          explanation: `Tokens of the prompt${usage.cachedTokens ? `, ${usage.cachedTokens} of them from the cache` : ''}, as the backend reports.`,
        },
    loadFigure(measurement),
    {
      label: 'total',
      value: formatMs(totalMs),
      explanation: `From the request to the end.${engineSays(message.timings)}`,
      ...dispute(totalClocks(message)),
    },
    gapFigure(measurement),
  ];
  return figures.filter((figure) => figure !== undefined);
}

function gapFigure({ gapMs }: Measurement): Figure | undefined {
  if (!gapMs) return undefined;
  return {
    label: 'without connection',
    value: formatMs(gapMs),
    explanation:
      'Part of the total in which the connection was broken or the page was not there. Tokens may have come at any time of it, so no speed is given.',
  };
}

const continuedFigure: Figure = {
  label: 'only',
  value: 'new part',
  explanation: 'These figures count what this answer added; the prompt holds the earlier part of it.',
};

const coldFigure: Figure = {
  label: 'start',
  value: 'cold',
  explanation:
    'The first answer after a load: caches are empty and shaders still compile. The next one is faster.',
};

const repeatedFigure: Figure = {
  label: 'attempts',
  value: '2',
  explanation:
    'The page asked a second time, since the first attempt did not fit. Times and tokens are of both, so no speed is given.',
};

const wholeFigure: Figure = {
  label: 'streamed',
  value: 'not',
  explanation:
    'The server does not stream: it sent the whole answer at its end, so the first token came with the last one and no speed is known.',
};

function prefillFigure({ usage }: MeasuredAnswer, measurement: Measurement): Figure | undefined {
  const rate = measurement.prefillTokensPerSecond;
  if (rate === undefined) return undefined;
  const cached = usage?.cachedTokens ? ` ${usage.cachedTokens} cached tokens are not counted.` : '';
  return {
    label: 'prefill tokens/s',
    value: formatRate(rate),
    explanation: `Prompt tokens read per second until the first token, measured in this page.${cached}`,
  };
}

function loadFigure({ loadMs, loadTimings }: Measurement): Figure | undefined {
  if (loadMs === undefined || loadMs < 50) return undefined;
  const phases = loadTimings
    ? ` Getting the files took ${formatMs(loadTimings.filesMs)}, reading, compiling and uploading the weights ${formatMs(loadTimings.initializeMs)}.`
    : '';
  return {
    label: 'load',
    value: formatMs(loadMs),
    explanation: `Loading the model before this answer.${phases}`,
  };
}

function dispute(clocks: ClockPair | undefined): { dispute?: string } {
  if (!clocks?.differs) return {};
  return {
    dispute: `By the engine’s own clock this took ${formatMs(clocks.engine)}, by the page’s ${formatMs(clocks.ours)}: more than 15 % apart.`,
  };
}

function engineSays(timings: AnswerMessage['timings']): string {
  if (!timings) return '';
  const parts = [
    timings.prefillMs === undefined ? '' : `prefill ${formatMs(timings.prefillMs)}`,
    timings.decodeMs === undefined ? '' : `decode ${formatMs(timings.decodeMs)}`,
    timings.loadMs === undefined ? '' : `load ${formatMs(timings.loadMs)}`,
  ].filter(Boolean);
  return parts.length === 0 ? '' : ` The engine itself says: ${parts.join(', ')}.`;
}
