/** What is wrong with a JSON schema as a schema. Words that it does not know are comments to it, as the standard has it. */

export interface SchemaProblem {
  /** To the value that is at fault. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

type Path = SchemaProblem['path'];
type Fields = Readonly<Record<string, unknown>>;

const types = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];
const counts = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'];
const numbers = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'];
const ofNames = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];
const ofLists = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const ofOne = ['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains', 'propertyNames'];

/** In the order of the text, as far as one schema goes. Pure. */
export function schemaProblems(schema: unknown, path: Path = []): SchemaProblem[] {
  if (typeof schema === 'boolean') return [];
  if (!isFields(schema)) return [{ path, message: 'A schema is an object: {…}.' }];
  return Object.entries(schema).flatMap(([word, value]) => problemsOf(schema, word, value, [...path, word]));
}

function problemsOf(schema: Fields, word: string, value: unknown, path: Path): SchemaProblem[] {
  const wrong = (message: string): SchemaProblem[] => [{ path, message }];
  if (word === 'type') return isType(value) ? [] : wrong(`“type” is one of ${types.join(', ')}.`);
  if (word === 'enum' && !(Array.isArray(value) && value.length > 0))
    return wrong('“enum” is a list of values.');
  if (word === 'required') return requiredProblems(schema, value, path);
  if (word === 'pattern') return isPattern(value) ? [] : wrong('“pattern” is a regular expression.');
  if (numbers.includes(word) && typeof value !== 'number') return wrong(`“${word}” is a number.`);
  if (counts.includes(word) && !(Number.isInteger(value) && Number(value) >= 0))
    return wrong(`“${word}” is a whole number from 0 on.`);
  if (ofOne.includes(word)) return schemaProblems(value, path);
  if (ofLists.includes(word)) {
    if (!Array.isArray(value) || value.length === 0) return wrong(`“${word}” is a list of schemas.`);
    return value.flatMap((one, index) => schemaProblems(one, [...path, index]));
  }
  if (ofNames.includes(word)) {
    if (!isFields(value)) return wrong(`“${word}” is an object of schemas by name.`);
    return Object.entries(value).flatMap(([name, one]) => schemaProblems(one, [...path, name]));
  }
  return [];
}

function requiredProblems(schema: Fields, required: unknown, path: Path): SchemaProblem[] {
  if (!Array.isArray(required) || required.some((name) => typeof name !== 'string'))
    return [{ path, message: '“required” is a list of names.' }];
  // Without a closed list of properties, others may be required.
  const { properties, additionalProperties } = schema;
  if (additionalProperties !== false || !isFields(properties)) return [];
  return required.flatMap((name: string, index) =>
    Object.hasOwn(properties, name)
      ? []
      : [{ path: [...path, index], message: `“${name}” is required but is none of the properties.` }],
  );
}

function isType(value: unknown): boolean {
  const named = Array.isArray(value) ? value : [value];
  return named.length > 0 && named.every((name) => typeof name === 'string' && types.includes(name));
}

function isPattern(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  try {
    new RegExp(value, 'u');
    return true;
  } catch {
    return false;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
