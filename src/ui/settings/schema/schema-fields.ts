/** The usual schema, an object of simple fields, as rows of a form, and back. */
import type { JsonObject, JsonValue } from '../../../core/json';

export const fieldTypes = ['string', 'number', 'integer', 'boolean', 'list', 'choice'] as const;
export type FieldType = (typeof fieldTypes)[number];

export interface SchemaField {
  readonly name: string;
  /** `list` is a list of texts, `choice` one of `choices`. */
  readonly type: FieldType;
  readonly isRequired: boolean;
  readonly description: string;
  readonly choices: readonly string[];
}

export const emptyField: SchemaField = {
  name: '',
  type: 'string',
  isRequired: true,
  description: '',
  choices: [],
};

/** Rows without a name, and all but the first of a name, are left out. */
export function schemaOf(fields: readonly SchemaField[]): JsonObject {
  const named = fields.filter(
    ({ name }, index) => name !== '' && fields.findIndex((other) => other.name === name) === index,
  );
  const required = named.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(named.map((field) => [field.name, propertyOf(field)])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

function propertyOf({ type, description, choices }: SchemaField): JsonObject {
  const said: JsonObject = description === '' ? {} : { description };
  if (type === 'list') return { type: 'array', items: { type: 'string' }, ...said };
  if (type === 'choice') return { type: 'string', enum: choices.length > 0 ? choices : [''], ...said };
  return { type, ...said };
}

/** The rows; absent where the schema says more than rows can show. */
export function fieldsOf(schema: JsonObject): readonly SchemaField[] | undefined {
  const { properties = {}, required = [] } = schema;
  if (!isObject(properties) || !isTexts(required)) return undefined;
  const fields = Object.entries(properties).map(([name, property]) =>
    fieldOf(name, property, required.includes(name)),
  );
  const rows = fields.filter((field) => field !== undefined);
  // Compared whole: one word more, and the form would lose it.
  return isSame(schemaOf(rows), { properties, ...schema }) ? rows : undefined;
}

function fieldOf(name: string, property: JsonValue, isRequired: boolean): SchemaField | undefined {
  if (name === '' || !isObject(property)) return undefined;
  const { description = '', enum: choices } = property;
  if (typeof description !== 'string') return undefined;
  const base = { ...emptyField, name, isRequired, description };
  const candidates = fieldTypes.map((type) => ({
    ...base,
    type,
    choices: type === 'choice' && isTexts(choices) ? choices.filter((choice) => choice !== '') : [],
  }));
  return candidates.find((field) => isSame(propertyOf(field), property));
}

/** Whatever the order of names, and of what is required. */
function isSame(a: JsonObject, b: JsonObject): boolean {
  return JSON.stringify(a, inOrder) === JSON.stringify(b, inOrder);
}

function inOrder(name: string, value: JsonValue): JsonValue {
  if (name === 'required' && isTexts(value)) return [...value].sort();
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isTexts(value: JsonValue | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
