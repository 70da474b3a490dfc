/** Tells a whole model from a damaged one, before anything is written. */
import { Problem } from '../../shared/problem.mjs';

/**
 * @param {{ tensors: ReadonlyMap<string, { shape: readonly number[] }> }} file
 * @param {string} name
 * @param {readonly number[]} size
 * @throws {Problem} where the tensor is missing or has another size
 */
export function checkTensorSize({ tensors }, name, size) {
  const found = tensors.get(name)?.shape.join(' × ') ?? 'missing';
  const wanted = size.join(' × ');
  if (found === wanted) return;
  throw new Problem(`The model is damaged: ${name} is ${found} and should be ${wanted}. Download it again.`);
}
