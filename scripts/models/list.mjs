/** The command `list`: the catalogue with its sizes, and what lies in the models folder already. */
import { modelsDirectory } from '../shared/models-directory.mjs';
import { withPageCode } from '../shared/with-page-code.mjs';

/** @typedef {typeof import('./catalogue-lines')} CatalogueLines */

export async function list() {
  const lines = await withPageCode(async (load) => {
    const { catalogueLines } = /** @type {CatalogueLines} */ (
      await load('/scripts/models/catalogue-lines.ts')
    );
    return catalogueLines(modelsDirectory());
  });
  process.stdout.write(`${lines.join('\n')}\n`);
}
