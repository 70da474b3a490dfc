/** `npm run docs`: writes the pages that are made from code. */
import { writeFile } from 'node:fs/promises';
import { say } from './shared/say.mjs';
import { withPageCode } from './shared/with-page-code.mjs';

/** @typedef {typeof import('./docs-params/parameters-page')} ParametersPage */

await withPageCode(async (load) => {
  const page = /** @type {ParametersPage} */ (await load('/scripts/docs-params/parameters-page.ts'));
  await writeFile(page.parametersPath, await page.parametersPage());
  say(`Written: ${page.parametersPath}`);
});
