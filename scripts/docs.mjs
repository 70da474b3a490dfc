/** `npm run docs`: writes the pages that are made from code. */
import { writeFile } from 'node:fs/promises';
import { say } from './shared/say.mjs';
import { withPageCode } from './shared/with-page-code.mjs';

/** @typedef {typeof import('./docs/parameters-page')} ParametersPage */
/** @typedef {typeof import('./docs/config-json-schema')} ConfigJsonSchema */
/** @typedef {typeof import('./docs/run-file-json-schema')} RunFileJsonSchema */

await withPageCode(async (load) => {
  const page = /** @type {ParametersPage} */ (await load('/scripts/docs/parameters-page.ts'));
  await writeFile(page.parametersPath, await page.parametersPage());
  const schema = /** @type {ConfigJsonSchema} */ (await load('/scripts/docs/config-json-schema.ts'));
  await writeFile(schema.configSchemaPath, await schema.configJsonSchema());
  const runs = /** @type {RunFileJsonSchema} */ (await load('/scripts/docs/run-file-json-schema.ts'));
  await writeFile(runs.runFileSchemaPath, await runs.runFileJsonSchema());
  say(`Written: ${page.parametersPath}, ${schema.configSchemaPath}, ${runs.runFileSchemaPath}`);
});
