/** From what a person types to a check, or to what is wrong with it. */
import { expect, it } from 'vitest';
import { type CheckDraft, checkFrom, emptyDraft } from '../../../../src/ui/judge/check-draft';
import { checkWords } from '../../../../src/compare/judge/checks/check-words';

const made = (draft: Partial<CheckDraft>) => checkFrom({ ...emptyDraft, ...draft });

it.each([
  [{ text: 'Paris' }, { kind: 'contains', text: 'Paris' }, 'Contains “Paris”'],
  [
    { text: 'sorry', isNegated: true, ignoresCase: true },
    { kind: 'contains', text: 'sorry', isNegated: true, ignoresCase: true },
    'Does not contain “sorry”',
  ],
  [
    { kind: 'pattern', pattern: '^a', flags: 'i' },
    { kind: 'pattern', pattern: '^a', flags: 'i' },
    'Matches /^a/i',
  ],
  [{ kind: 'json' }, { kind: 'json' }, 'Is JSON'],
  [
    { kind: 'json', schema: '{"type":"array"}' },
    { kind: 'json', schema: { type: 'array' } },
    'Is JSON of the schema',
  ],
  [
    { kind: 'number', least: '1', most: ' 2.5 ' },
    { kind: 'number', least: 1, most: 2.5 },
    'Last number from 1 to 2.5',
  ],
  [
    { kind: 'number', least: '3', field: ' a.b ' },
    { kind: 'number', least: 3, field: 'a.b' },
    'Number at “a.b” at least 3',
  ],
  [{ kind: 'number' }, { kind: 'number' }, 'Last number is there'],
  [{ kind: 'code', code: '() => true' }, { kind: 'code', code: '() => true' }, 'Passes your code'],
] as const)('%j is a check', (draft, check, words) => {
  expect(made(draft)).toEqual({ check });
  expect(checkWords(check)).toBe(words);
});

it.each([
  [{ text: '' }, /Write the text/],
  [{ kind: 'pattern', pattern: '' }, /Write a pattern/],
  [{ kind: 'pattern', pattern: '(' }, /regular expression/i],
  [{ kind: 'pattern', pattern: 'a', flags: '?' }, /flags/i],
  [{ kind: 'json', schema: '{' }, /not JSON/],
  [{ kind: 'json', schema: '[]' }, /JSON object/],
  [{ kind: 'number', least: '1,5' }, /with a point/],
  [{ kind: 'number', least: '3', most: '2' }, /above the upper/],
  [{ kind: 'code', code: ' ' }, /Write a function/],
] as const)('%j is none, and says why', (draft, problem) => {
  const result = made(draft);
  expect('problem' in result ? result.problem : '').toMatch(problem);
});
