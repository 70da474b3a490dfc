/** What a person types for a check, and the check that comes of it. */
import type { Check, CheckKind } from '../../core/check';
import type { JsonObject } from '../../core/json';

export interface CheckDraft {
  kind: CheckKind;
  text: string;
  ignoresCase: boolean;
  isNegated: boolean;
  pattern: string;
  flags: string;
  schema: string;
  least: string;
  most: string;
  field: string;
  code: string;
}

export const emptyDraft: Readonly<CheckDraft> = {
  kind: 'contains',
  text: '',
  ignoresCase: false,
  isNegated: false,
  pattern: '',
  flags: '',
  schema: '',
  least: '',
  most: '',
  field: '',
  code: '(answer, prompt) => answer.length < 500',
};

type Made = { readonly check: Check } | { readonly problem: string };

export function checkFrom(draft: Readonly<CheckDraft>): Made {
  const { kind, text, ignoresCase, isNegated, code } = draft;
  switch (kind) {
    case 'contains':
      if (text === '') return { problem: 'Write the text to look for.' };
      return { check: { kind, text, ...(ignoresCase && { ignoresCase }), ...(isNegated && { isNegated }) } };
    case 'pattern':
      return patternFrom(draft);
    case 'json':
      return jsonFrom(draft.schema);
    case 'number':
      return numberFrom(draft);
    case 'code':
      return code.trim() === '' ? { problem: 'Write a function.' } : { check: { kind, code } };
  }
}

function patternFrom({ pattern, flags, isNegated }: Readonly<CheckDraft>): Made {
  if (pattern === '') return { problem: 'Write a pattern.' };
  try {
    new RegExp(pattern, flags);
  } catch (thrown) {
    return { problem: thrown instanceof Error ? thrown.message : String(thrown) };
  }
  const check = {
    kind: 'pattern',
    pattern,
    ...(flags && { flags }),
    ...(isNegated && { isNegated }),
  } as const;
  return { check };
}

function jsonFrom(schema: string): Made {
  if (schema.trim() === '') return { check: { kind: 'json' } };
  try {
    const value: unknown = JSON.parse(schema);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return { problem: 'A schema is a JSON object.' };
    return { check: { kind: 'json', schema: value as JsonObject } };
  } catch (thrown) {
    return {
      problem: `The schema is not JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
    };
  }
}

function numberFrom({ least, most, field }: Readonly<CheckDraft>): Made {
  const bounds = [least, most].map((text) => (text.trim() === '' ? undefined : Number(text)));
  if (bounds.some((bound) => bound !== undefined && !Number.isFinite(bound)))
    return { problem: 'A bound is a number, with a point for its fractions.' };
  const [from, to] = bounds;
  if (from !== undefined && to !== undefined && from > to)
    return { problem: 'The lower bound is above the upper one.' };
  return {
    check: {
      kind: 'number',
      ...(from !== undefined && { least: from }),
      ...(to !== undefined && { most: to }),
      ...(field.trim() !== '' && { field: field.trim() }),
    },
  };
}
