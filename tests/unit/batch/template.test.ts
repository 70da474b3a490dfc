import { expect, it } from 'vitest';
import { fillTemplate, missingVariables, readTemplate } from '../../../src/batch/template';

const item = { question: 'Why?', 'odd (name)': 'x', braces: '{{question}}' };

it('fills every variable, with spaces around its name or not, and as often as it stands', () => {
  expect(fillTemplate('{{question}} {{ question }} {{odd (name)}}', item)).toBe('Why? Why? x');
});

it('fills once: what an item holds is no template', () => {
  expect(fillTemplate('{{braces}}', item)).toBe('{{question}}');
});

it('leaves braces alone that are no variable', () => {
  const text = 'if (a) { b } {{}} {{"a": 1}} {{{1}}} \\frac{{1}}';
  expect(fillTemplate(text, item)).toBe(text);
});

it('names a variable that has no column, and those there are', () => {
  expect(() => fillTemplate('{{answer}}', { question: '' })).toThrow(
    'There is no column “answer” for {{answer}}.',
  );
  expect(missingVariables('{{answer}} {{question}} {{answer}} {{other}}', ['question'])).toEqual([
    'answer',
    'other',
  ]);
});

it('tells the parts, which put together are the text again', () => {
  const text = 'Say {{question}} or {{nothing}}, {{"json": 1}}.';
  const parts = readTemplate(text, ['question']);
  expect(parts.map(({ kind }) => kind)).toEqual(['text', 'variable', 'text', 'missing', 'text']);
  expect(parts.map(({ text: written }) => written).join('')).toBe(text);
});
