/** Schemas to begin with. The first is in force as soon as a schema is asked for. */
import type { JsonObject } from '../../../core/json';
import { emptyField, schemaOf } from './schema-fields';

export interface SchemaExample {
  readonly name: string;
  readonly schema: JsonObject;
}

export const firstExample: SchemaExample = {
  name: 'Answer with reason',
  schema: schemaOf([
    { ...emptyField, name: 'answer', description: 'The answer in one sentence' },
    { ...emptyField, name: 'reason', description: 'Why it is right' },
  ]),
};

export const schemaExamples: readonly SchemaExample[] = [
  firstExample,
  {
    name: 'Mood of a text',
    schema: schemaOf([
      { ...emptyField, name: 'mood', type: 'choice', choices: ['good', 'mixed', 'bad'] },
      { ...emptyField, name: 'confidence', type: 'number', description: 'From 0 to 1' },
      { ...emptyField, name: 'words', type: 'list', description: 'The words that show it' },
    ]),
  },
  {
    name: 'List of tasks',
    schema: {
      type: 'array',
      items: schemaOf([
        { ...emptyField, name: 'task' },
        { ...emptyField, name: 'minutes', type: 'integer', isRequired: false },
        { ...emptyField, name: 'urgent', type: 'boolean' },
      ]),
    },
  },
];

export function asText(schema: JsonObject): string {
  return JSON.stringify(schema, null, 2);
}
