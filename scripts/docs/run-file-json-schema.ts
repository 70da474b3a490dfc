/** The text of `docs/switchyard-run.schema.json`, made from the schema that run files are read with. */
import { join } from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { format, resolveConfig } from 'prettier';
import { runFileSchema } from '../../src/batch/run-file/run-file-schema';
import { root } from '../shared/root.mjs';

export const runFileSchemaPath = join(root, 'docs', 'switchyard-run.schema.json');

export async function runFileJsonSchema(): Promise<string> {
  // What is written, before defaults are filled in; what JSON schema cannot say stands in the descriptions.
  const schema = toJsonSchema(runFileSchema, { errorMode: 'ignore', typeMode: 'input' });
  const style = await resolveConfig(runFileSchemaPath);
  return format(JSON.stringify(schema), { ...style, parser: 'json' });
}
