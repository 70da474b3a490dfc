/** The id under which a build of the catalogue is kept and served: the same in every place. */
import type { CatalogueBuild, CatalogueModel } from './catalogue-model';

/** Unique within the engine: `qwen3-0.6b-q4_k_m`. */
export function buildModelId(
  { id }: Pick<CatalogueModel, 'id'>,
  { quantization }: Pick<CatalogueBuild, 'quantization'>,
): string {
  return `${id}-${quantization.toLowerCase()}`;
}
