/** The catalogue as typed data. Its own chunk: only the Models screen needs it. */
import type { CatalogueModel } from './catalogue-model';
import entries from './catalogue.json';

/** A unit test holds the JSON against the shape; the type checker sees only strings where literals are meant. */
export const catalogue = entries as readonly CatalogueModel[];
