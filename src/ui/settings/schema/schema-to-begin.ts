/** The schema in force once a schema is asked for: the one that was edited last, or an example. */
import type { JsonObject } from '../../../core/json';
import { readSchema } from './read-schema';
import { chosenPreset } from '../../../state/named-presets';
import type { SettingValues } from '../../../state/setting-values';
import { firstExample } from './schema-examples';

type Values = Pick<SettingValues, 'jsonSchema' | 'jsonSchemas' | 'jsonSchemaId'>;

export function schemaToBegin({ jsonSchema, jsonSchemas, jsonSchemaId }: Values): JsonObject {
  const chosen = chosenPreset({ presets: jsonSchemas, chosenId: jsonSchemaId });
  const reading = readSchema(chosen?.text ?? jsonSchema);
  return 'schema' in reading ? reading.schema : firstExample.schema;
}
