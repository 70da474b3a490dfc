/** A model shelf with nothing on it, for tests of backends that need none. */
import type { ModelShelf } from '../../src/core/model-shelf';

export const noModels: ModelShelf = {
  models: () => [],
  open: () => Promise.reject(new Error('There is no model on this shelf.')),
  recheck: () => Promise.resolve(),
};
