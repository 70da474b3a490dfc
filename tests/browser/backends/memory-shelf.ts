/** A model shelf for engine tests: fetches the files from their first source into memory, keeps and checks nothing. */
import type { LocalEngine, LocalModel } from '../../../src/core/local-model';
import type { ModelShelf } from '../../../src/core/model-shelf';
import { GpuResidency } from '../../../src/backends/shared/gpu-residency';
import type { LocalContext } from '../../../src/backends/shared/local-backend';

export interface MemoryShelf extends ModelShelf {
  /** Ids of the models that an engine called damaged. */
  readonly rechecked: readonly string[];
}

export function memoryShelf(...models: LocalModel[]): MemoryShelf {
  const rechecked: string[] = [];
  return {
    rechecked,
    models: (engine: LocalEngine) => models.filter((model) => model.engine === engine),
    async open(model, _onProgress, signal) {
      const files = model.files.map(async ({ path, sources: [source = ''] }) => {
        const response = await fetch(source, { signal });
        return { path, blob: await response.blob() };
      });
      return { files: await Promise.all(files) };
    },
    recheck(model) {
      rechecked.push(model.id);
      return Promise.resolve();
    },
  };
}

export function contextWith(shelf: ModelShelf): LocalContext {
  return { shelf, gpu: new GpuResidency() };
}
