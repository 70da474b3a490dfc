/** The figures of a comparison as people read them: name, meaning, value. */
import type { Figure, FigureName } from '../../../compare/figures/figure';
import { formatBytes, formatMs, formatRate } from '../../shared/format';

interface Words {
  readonly label: string;
  readonly explanation: string;
  readonly format: (value: number, currency: string) => string;
}

const count = (value: number): string =>
  new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format(value);

export const figureWords: Readonly<Record<FigureName, Words>> = {
  firstToken: {
    label: 'Time to first token',
    explanation: 'From the request to the first piece of text; loading a model of this page is not in it.',
    format: formatMs,
  },
  prefill: {
    label: 'Prefill, tokens/s',
    explanation: 'Tokens of the prompt read per second until the first token; cached ones do not count.',
    format: formatRate,
  },
  decode: {
    label: 'Decode, tokens/s',
    explanation: 'Tokens per second after the first one.',
    format: formatRate,
  },
  tokensIn: {
    label: 'Tokens in',
    explanation: 'Tokens of the prompt, as the backend reports; each model counts by its own vocabulary.',
    format: count,
  },
  tokensCached: {
    label: 'Cached tokens',
    explanation: 'Part of the tokens in that the backend had read before.',
    format: count,
  },
  tokensOut: {
    label: 'Tokens out',
    explanation: 'Tokens that were written, reasoning included.',
    format: count,
  },
  tokensReasoning: {
    label: 'Reasoning tokens',
    explanation: 'Part of the tokens out that went into thoughts, where the backend counts them.',
    format: count,
  },
  load: {
    label: 'Load time',
    explanation: 'Loading the model before this answer; none where it was ready.',
    format: formatMs,
  },
  memory: {
    label: 'Memory',
    explanation:
      'What the server says it takes of its graphics memory now; ≈ is the size of the weights alone.',
    format: formatBytes,
  },
  cost: {
    label: 'Cost',
    explanation: 'By the prices that you set; cached tokens are reckoned like all others.',
    format: formatCost,
  },
  total: {
    label: 'Total',
    explanation: 'From the request to the end of the answer.',
    format: formatMs,
  },
};

function formatCost(value: number, currency: string): string {
  return new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    maximumSignificantDigits: 3,
  }).format(value);
}

/** `≈` marks what nobody reported. */
export function figureText(name: FigureName, figure: Figure, currency: string): string {
  const text = figureWords[name].format(figure.value, currency);
  return figure.isEstimated ? `≈ ${text}` : text;
}
