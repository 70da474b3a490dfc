/** The form of a schema and its text are the same thing, as far as the form goes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSchema } from '../../../src/ui/settings/schema/read-schema';
import { asText, schemaExamples } from '../../../src/ui/settings/schema/schema-examples';
import {
  emptyField,
  fieldsOf,
  fieldTypes,
  type SchemaField,
  schemaOf,
} from '../../../src/ui/settings/schema/schema-fields';

const anyField: fc.Arbitrary<SchemaField> = fc
  .record({
    // Objects put names that are numbers first, whatever the order in the text.
    name: fc.oneof(
      fc.constant('__proto__'),
      fc.constant('required'),
      fc.stringMatching(/^[a-zA-Z_ü" ][\w ]{0,9}$/u),
    ),
    type: fc.constantFrom(...fieldTypes),
    isRequired: fc.boolean(),
    description: fc.string(),
    choices: fc.uniqueArray(fc.string({ minLength: 1 })),
  })
  .map((field) => ({ ...field, choices: field.type === 'choice' ? field.choices : [] }));
const anyFields = fc.uniqueArray(anyField, { selector: ({ name }) => name, maxLength: 8 });

test('form to text to form loses nothing', () => {
  fc.assert(
    fc.property(anyFields, (fields) => {
      const reading = readSchema(asText(schemaOf(fields)));
      expect('schema' in reading ? fieldsOf(reading.schema) : reading.problems).toEqual(fields);
    }),
  );
});

test('rows without a name, and those whose name is taken, are no part of the schema', () => {
  const rows = [
    emptyField,
    { ...emptyField, name: 'a' },
    { ...emptyField, name: 'a', type: 'number' as const },
  ];
  expect(fieldsOf(schemaOf(rows))).toEqual([rows[1]]);
});

test.for([
  ['a limit', { minimum: 0 }],
  ['a nested object', { type: 'object', properties: {} }],
  ['a list of numbers', { type: 'array', items: { type: 'number' } }],
  ['a choice of numbers', { enum: [1, 2] }],
] as const)('a field with %s is left to the text', ([, more]) => {
  expect(fieldsOf({ ...schemaOf([]), properties: { a: { type: 'number', ...more } } })).toBeUndefined();
});

test('an open object is left to the text', () => {
  expect(fieldsOf({ type: 'object', properties: {} })).toBeUndefined();
});

test('every example is a schema without a problem', () => {
  expect(schemaExamples).toHaveLength(3);
  for (const { schema } of schemaExamples) expect(readSchema(asText(schema))).toEqual({ schema });
});

describe('what is wrong is told with its place', () => {
  test.for([
    ['', 1, 1, 'nothing here'],
    ['[1]', 1, 1, 'is an object'],
    ['{\n  "type": "object",\n  "a" 1\n}', 3, 7, 'colon'],
    ['{"type": "object",}', 1, 19, 'property name'],
    ['{"a": 1 /* no */}', 1, 9, 'comment'],
    ['{\n "type": "text"\n}', 2, 10, 'one of object'],
    ['{"a": 1, "a": 2}', 1, 10, 'there twice'],
    ['{"properties": {"a": 7}}', 1, 22, 'A schema is an object'],
    ['{"properties": {"a": {"pattern": "("}}}', 1, 34, 'regular expression'],
    ['{"properties": {}, "required": ["b"], "additionalProperties": false}', 1, 33, '“b” is required'],
    ['{"anyOf": []}', 1, 11, 'list of schemas'],
    ['{"items": {"maxLength": -1}}', 1, 25, 'whole number'],
  ] as const)('%s', ([text, line, column, words]) => {
    const reading = readSchema(text);
    expect('problems' in reading ? reading.problems[0] : reading).toMatchObject({
      line,
      column,
      message: expect.stringContaining(words) as string,
    });
  });

  test('a property of any name is no word of the schema', () => {
    expect(readSchema('{"properties": {"type": {"type": "string"}, "required": true}}')).toHaveProperty(
      'schema',
    );
  });
});
