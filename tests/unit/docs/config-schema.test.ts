/** The published schema of the configuration file is the one that the relay checks with. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { configJsonSchema, configSchemaPath } from '../../../scripts/docs/config-json-schema';

it('is up to date; run `npm run docs` where it is not', async () => {
  // Git may give Windows other line ends.
  const written = (await readFile(configSchemaPath, 'utf8')).replaceAll('\r\n', '\n');
  expect(written).toBe(await configJsonSchema());
});

it('refuses unknown keys as the relay does', async () => {
  const schema = JSON.parse(await configJsonSchema()) as {
    additionalProperties: boolean;
    properties: { upstreams: { items: { additionalProperties: boolean; required: string[] } } };
  };
  expect(schema.additionalProperties).toBe(false);
  expect(schema.properties.upstreams.items).toMatchObject({
    additionalProperties: false,
    required: ['id', 'kind', 'baseUrl'],
  });
});
