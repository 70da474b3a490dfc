/** What a tool definition must be, for texts that people write and for what is kept of them. */
import * as v from 'valibot';
import type { JsonObject } from '../core/json';
import type { ToolDefinition } from '../core/tool';

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** JSON Schema in full is the server's business; that the arguments are an object is what all of them want. */
const parameters = v.optional(
  v.pipe(
    v.custom<JsonObject>(isObject, 'must be a JSON Schema object.'),
    v.check(
      ({ type }) => type === undefined || type === 'object',
      'must describe an object: "type": "object".',
    ),
    v.transform((schema): JsonObject => ({ type: 'object', properties: {}, ...schema })),
  ),
  { type: 'object', properties: {} },
);

export const toolDefinitionSchema: v.GenericSchema<unknown, ToolDefinition> = v.object(
  {
    name: v.pipe(
      v.string('must be a text.'),
      v.regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, underscores or hyphens.'),
    ),
    description: v.optional(v.string('must be a text.'), ''),
    parameters,
  },
  ({ received, path }) =>
    path
      ? received === 'undefined'
        ? 'is missing.'
        : 'cannot be read.'
      : 'it must be an object with a name.',
);
