/** Does a text hold the JSON that was asked for? `@cfworker/json-schema` interprets a schema; others compile it, which our policy forbids. */
import { Validator } from '@cfworker/json-schema';

/** More than these, and nobody reads them. */
const mostProblems = 5;

export type JsonCheck =
  { readonly value: unknown } | { readonly problems: readonly [string, ...(readonly string[])] };

/**
 * @param schema JSON Schema, draft 2020-12; absent where any JSON will do
 * @returns the value, or what is wrong with the text, for people
 */
export function checkJson(text: string, schema: object | undefined): JsonCheck {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    return { problems: [`It is not JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}.`] };
  }
  if (!schema) return { value };
  const [first, ...others] = violations(value, schema);
  return first === undefined
    ? { value }
    : { problems: [first, ...others].slice(0, mostProblems) as [string] };
}

function violations(value: unknown, schema: object): string[] {
  try {
    const { valid, errors } = new Validator(schema, '2020-12', false).validate(value);
    if (valid) return [];
    // Each violation is told again by every schema around it; the innermost one says what to change.
    const deepest = errors.filter(({ keyword }) => !outerKeywords.has(keyword));
    return (deepest.length > 0 ? deepest : errors).map(
      ({ instanceLocation, error }) => `${instanceLocation.replace(/^#\/?/, '') || 'The whole'}: ${error}`,
    );
  } catch (thrown) {
    return [`The schema cannot be used: ${thrown instanceof Error ? thrown.message : String(thrown)}.`];
  }
}

const outerKeywords: ReadonlySet<string> = new Set([
  'properties',
  'items',
  'prefixItems',
  '$ref',
  'allOf',
  'anyOf',
  'oneOf',
]);
