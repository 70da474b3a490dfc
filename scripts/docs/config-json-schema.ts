/** The text of `docs/switchyard-config.schema.json`, made from the schema that the relay checks with. */
import { join } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { format, resolveConfig } from 'prettier';
import { configSchema } from '../../relay/settings/config-schema';
import { root } from '../shared/root.mjs';

export const configSchemaPath = join(root, 'docs', 'switchyard-config.schema.json');

export async function configJsonSchema(): Promise<string> {
  // What JSON schema cannot say, such as “an http URL”, stands in the descriptions.
  const schema = toJsonSchema(configSchema, { errorMode: 'ignore' });
  const style = await resolveConfig(configSchemaPath);
  return format(JSON.stringify(schema), { ...style, parser: 'json' });
}
