/** The page about settings says what the code does. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parametersPage, parametersPath } from '../../../scripts/docs/parameters-page';

it('is up to date; run `npm run docs` where it is not', async () => {
  // Git may give Windows other line ends.
  const written = (await readFile(parametersPath, 'utf8')).replaceAll('\r\n', '\n');
  expect(written).toBe(await parametersPage());
});
