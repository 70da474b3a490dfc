/** Checks on answers: what passes, what fails and with which words, and what is the check's own fault. */
import { describe, expect, it } from 'vitest';
import type { CheckRunners } from '../../../../../src/compare/judge/checks/check';
import { runCheck } from '../../../../../src/compare/judge/checks/run-check';
import type { Check } from '../../../../../src/core/check';

const context = { prompt: 'How much?', expected: '12' };

/** Stand-ins for the worker and the sandbox, which only a browser has. */
const runners: CheckRunners = {
  matchesPattern: async (text, pattern, flags) => new RegExp(pattern, flags).test(text),
  runCode: async (_code, args) => args,
};

const run = (check: Check, answer: string, own: Partial<CheckRunners> = {}) =>
  runCheck(check, answer, context, { ...runners, ...own });

describe('contains', () => {
  it('looks for a text, its case as written unless told otherwise', async () => {
    expect(await run({ kind: 'contains', text: 'Paris' }, 'It is Paris.')).toMatchObject({
      outcome: 'passed',
    });
    const failed = await run({ kind: 'contains', text: 'paris' }, 'It is Paris.');
    expect(failed).toEqual({ outcome: 'failed', note: '“paris” is not in the answer.' });
    const either = { kind: 'contains', text: 'paris', ignoresCase: true } as const;
    expect(await run(either, 'It is PARIS.')).toMatchObject({ outcome: 'passed' });
  });

  it('turned round passes where the text is missing', async () => {
    const check = { kind: 'contains', text: 'sorry', isNegated: true } as const;
    expect(await run(check, 'Yes.')).toMatchObject({ outcome: 'passed' });
    expect(await run(check, 'I am sorry.')).toEqual({
      outcome: 'failed',
      note: '“sorry” is in the answer.',
    });
  });
});

describe('a pattern', () => {
  it('is searched with its flags', async () => {
    const check = { kind: 'pattern', pattern: '^yes\\b', flags: 'im' } as const;
    expect(await run(check, 'Well.\nYES, it is.')).toMatchObject({ outcome: 'passed' });
    expect(await run({ ...check, isNegated: true }, 'no')).toMatchObject({ outcome: 'passed' });
  });

  it('that cannot be used is an error of the check, not of the answer', async () => {
    expect(await run({ kind: 'pattern', pattern: '(' }, 'x')).toMatchObject({ outcome: 'error' });
  });
});

describe('JSON', () => {
  const schema = {
    type: 'object',
    properties: { total: { type: 'number' } },
    required: ['total'],
  };

  it('must be whole and fit the schema', async () => {
    expect(await run({ kind: 'json' }, '[1]')).toMatchObject({ outcome: 'passed' });
    expect((await run({ kind: 'json' }, '[1')).note).toMatch(/not JSON/);
    expect(await run({ kind: 'json', schema }, '{"total": 3}')).toMatchObject({ outcome: 'passed' });
    expect((await run({ kind: 'json', schema }, '{"total": "3"}')).note).toMatch(/total/);
  });
});

describe('a number', () => {
  it.each([
    ['It is 3, no: 12.', 12],
    ['1,234.5 kg', 1234.5],
    ['from 3-5', 5],
    ['minus: -7', -7],
    ['−7 °C', -7],
    ['= 1.5e3', 1500],
    ['x2', 2],
  ])('of “%s” is %d', async (answer, value) => {
    const exact = { kind: 'number', least: value, most: value } as const;
    expect(await run(exact, answer)).toEqual({ outcome: 'passed', note: `${value}` });
  });

  it('is told where it lies outside', async () => {
    expect((await run({ kind: 'number', least: 5 }, '4')).note).toBe('4 is less than 5.');
    expect((await run({ kind: 'number', most: 5 }, '6')).note).toBe('6 is more than 5.');
    expect((await run({ kind: 'number' }, 'none')).note).toBe('There is no number in the answer.');
  });

  it('may be a field of JSON', async () => {
    const check = { kind: 'number', least: 2, most: 2, field: 'items.1.price' } as const;
    expect(await run(check, '{"items":[{"price":1},{"price":"2"}], "other": 9}')).toMatchObject({
      outcome: 'passed',
    });
    expect((await run(check, '{"items":[]} 2')).outcome).toBe('failed');
  });
});

describe('own code', () => {
  it.each([
    [true, 'passed'],
    ['', 'passed'],
    [false, 'failed'],
    ['too short', 'failed'],
    [0.7, 'passed'],
    [0.2, 'failed'],
    [Number.NaN, 'error'],
    [undefined, 'error'],
    [{}, 'error'],
  ])('that returns %j has %s', async (returned, outcome) => {
    const result = await run({ kind: 'code', code: '' }, 'x', { runCode: async () => returned });
    expect(result.outcome).toBe(outcome);
    expect(result.score).toBe(
      typeof returned === 'number' && Number.isFinite(returned) ? returned : undefined,
    );
  });

  it('gets the answer, the prompt and what is expected', async () => {
    let given: readonly string[] = [];
    const runCode = async (_: string, args: readonly string[]) => {
      given = args;
      return true;
    };
    await run({ kind: 'code', code: '' }, 'twelve', { runCode });
    expect(given).toEqual(['twelve', 'How much?', '12']);
  });

  it('that was ended is an error, with the words of the sandbox', async () => {
    const runCode = () => Promise.reject(new Error('It took longer than 2 seconds.'));
    expect(await run({ kind: 'code', code: '' }, 'x', { runCode })).toEqual({
      outcome: 'error',
      note: 'It took longer than 2 seconds.',
    });
  });
});
