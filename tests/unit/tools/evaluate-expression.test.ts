import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateExpression, formatNumber } from '../../../src/tools/evaluate-expression';

describe('evaluateExpression', () => {
  it.each([
    ['2 + 3 * 4', 14],
    ['(2 + 3) * 4', 20],
    ['-2^2', -4],
    ['2^-1', 0.5],
    ['2^3^2', 512],
    ['2 ** 10', 1024],
    ['7 - 3 - 2', 2],
    ['100 / 10 / 2', 5],
    ['17 % 5', 2],
    ['3 × 4 ÷ 2 − 1', 5],
    ['1.5e3 + .5', 1500.5],
    ['sqrt(16) + abs(-3)', 7],
    ['max(1, 5, 3) - min(4, 2)', 3],
    ['round(2.71828, 2)', 2.72],
    ['ln(e)', 1],
    ['cos(PI)', -1],
    ['--5', 5],
  ])('%s', (text, value) => expect(evaluateExpression(text)).toBeCloseTo(value, 12));

  it.each([
    ['', /missing at the end/],
    ['2 +', /missing at the end/],
    ['2 3', /operator is missing before “3”/],
    ['(2', /closing parenthesis/],
    ['1 / 0', /Division by zero/],
    ['10^400', /no finite value/],
    ['sqrt(-1)', /no finite value/],
    ['sqrt 4', /parentheses/],
    ['alert(1)', /not known/],
    ['constructor', /not known/],
    ['x = 1', /not understood|not known/],
    ['2; 3', /not understood|operator/],
    ['"a"', /not understood/],
    ['('.repeat(500) + '1' + ')'.repeat(499), /Too many parentheses/],
    ['1+'.repeat(600), /longer than/],
  ])('refuses %s', (text, message) => expect(() => evaluateExpression(text)).toThrow(message));

  it('agrees with the language itself on whole sums and products', () => {
    const number = fc.integer({ min: -50, max: 50 });
    fc.assert(
      fc.property(number, number, number, number, (a, b, c, d) => {
        expect(evaluateExpression(`${a} + ${b} * (${c} - ${d})`)).toBe(a + b * (c - d));
      }),
    );
  });

  it('ends for any text, with a number or a sentence', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'0123456789.+-*/%^(), esqrtpi'.split('')) }),
        (text) => {
          try {
            expect(Number.isFinite(evaluateExpression(text))).toBe(true);
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(Error);
            expect(thrown).not.toBeInstanceOf(RangeError);
          }
        },
      ),
    );
  });

  it('writes numbers as people do', () => {
    expect(formatNumber(evaluateExpression('0.1 + 0.2'))).toBe('0.3');
    expect(formatNumber(evaluateExpression('1234567 * 89'))).toBe('109876463');
  });
});
