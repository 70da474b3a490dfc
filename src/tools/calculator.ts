/** Arithmetic, which language models are bad at. */
import type { BuiltInTool } from './built-in-tool';
import { evaluateExpression, formatNumber } from './evaluate-expression';

export const calculator: BuiltInTool = {
  name: 'calculator',
  label: 'Calculator',
  explanation: 'Arithmetic with numbers, parentheses, powers, roots and the usual functions.',
  description:
    'Computes an arithmetic expression. Knows + - * / % (remainder) ^ ( ) and sqrt, abs, round, min, max, ln, log10, exp, sin, cos, tan, pi, e. Angles are in radians.',
  parameters: {
    type: 'object',
    properties: {
      expression: { type: 'string', description: 'For example: (17.5 * 3 + 2) / 4' },
    },
    required: ['expression'],
  },
  run({ expression }) {
    // Small models write a number where a text is asked for.
    if (typeof expression !== 'string' && typeof expression !== 'number') {
      throw new Error('Give the expression as text, for example {"expression": "2 + 2"}.');
    }
    return formatNumber(evaluateExpression(String(expression)));
  },
};
