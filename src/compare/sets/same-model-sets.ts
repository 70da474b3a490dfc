/** Finds the same weights on several engines and servers: the comparison that tells the engines apart, not the models. */

import { groupBy } from '../../platform/group-by';
import { firstOfEachBackend } from './first-of-each-backend';

export interface OfferedModel {
  readonly backendId: string;
  readonly modelId: string;
  /** For people. */
  readonly label: string;
}

export interface ModelSet {
  /** For people: what all of them are called, as one of them writes it. */
  readonly name: string;
  /** At least two, each of another backend. */
  readonly models: readonly OfferedModel[];
}

/** Largest sets first. Of several builds on one backend the first one stands for it. */
export function sameModelSets(offered: readonly OfferedModel[]): ModelSet[] {
  const groups = groupBy(offered, (model) => weightsKey(model));
  return [...groups]
    .filter(([key]) => key !== '')
    .map(([, models]) => ({ name: models[0]?.label ?? '', models: firstOfEachBackend(models) }))
    .filter(({ models }) => models.length > 1)
    .sort((a, b) => b.models.length - a.models.length);
}

/** Words that tell of a build, a file or a habit of naming, and not of the weights. */
const noise =
  /^(?:instruct|it|chat|latest|gguf|onnx|mlc|webgpu|community|q\d\w*|iq\d\w*|[bf]?f?p?16|f32|int[48]|k|m|s|l|\d|q\df\d+|model|hf)$/;

/**
 * `SmolLM2-135M-Instruct-Q4_1`, `smollm2:135m` and `HuggingFaceTB/SmolLM2-135M-Instruct` give `smollm2 135m`.
 * Without a size nothing is known to be the same: the key is empty.
 */
function weightsKey({ modelId, label }: OfferedModel): string {
  return [modelId, label].map(keyOf).find((key) => key !== '') ?? '';
}

function keyOf(name: string): string {
  const last = name.toLowerCase().split('/').at(-1) ?? '';
  const words = last.split(/[\s:_.-]+/).filter((word) => word !== '' && !noise.test(word));
  const size = words.find((word) => /^\d+(?:x\d+)?[mb]$/.test(word));
  const rest = words.filter((word) => word !== size);
  return size !== undefined && rest.length > 0 ? `${rest.join(' ')} ${size}` : '';
}
