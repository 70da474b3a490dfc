/** Vectors as a model might make them, and the plain way of finding the nearest. */
import type { Random } from '../../../../src/platform/seeded-random';

/** Twenty subjects, and a lean that all of them share. */
export function clusteredVectors(count: number, dimensions: number, random: Random): Float32Array[] {
  const draw = (): Float32Array =>
    Float32Array.from({ length: dimensions }, () => random() + random() + random() - 1.5);
  const lean = draw();
  const centres = Array.from({ length: 20 }, draw);
  return Array.from({ length: count }, () => {
    const centre = centres[Math.floor(random() * centres.length)] ?? lean;
    return draw().map((value, place) => value + (centre[place] ?? 0) + (lean[place] ?? 0));
  });
}

export function cosine(left: Float32Array, right: Float32Array): number {
  let [product, ownLength, otherLength] = [0, 0, 0];
  for (const [place, value] of left.entries()) {
    const other = right[place] ?? 0;
    product += value * other;
    ownLength += value * value;
    otherLength += other * other;
  }
  return ownLength > 0 && otherLength > 0 ? product / Math.sqrt(ownLength * otherLength) : 0;
}

export function bestOf<One extends { readonly score: number }>(all: readonly One[], limit: number): One[] {
  return all.toSorted((left, right) => right.score - left.score).slice(0, limit);
}
