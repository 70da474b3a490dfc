/** Vectors of length 1 around 400 subjects, always the same ones for a seed: harder than those of most models. */
const subjects = 400;
const spread = 0.9;

export function madeVectors(count: number, dimensions: number, seed = 1): Float32Array<ArrayBuffer> {
  const normal = normalNumbers(seed);
  const centres = Float32Array.from({ length: subjects * dimensions }, () => normal.next());
  const vectors = new Float32Array(count * dimensions);
  for (let start = 0; start < vectors.length; start += dimensions) {
    const centre = Math.floor(normal.uniform() * subjects) * dimensions;
    let squared = 0;
    for (let place = 0; place < dimensions; place++) {
      const value = (centres[centre + place] ?? 0) + spread * normal.next();
      vectors[start + place] = value;
      squared += value * value;
    }
    const scale = 1 / Math.sqrt(squared);
    for (let place = start; place < start + dimensions; place++)
      vectors[place] = (vectors[place] ?? 0) * scale;
  }
  return vectors;
}

/** A linear congruential generator (Numerical Recipes) and the Box-Muller transform. */
function normalNumbers(seed: number): { uniform(): number; next(): number } {
  let state = seed;
  const uniform = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const next = (): number => {
    const radius = Math.sqrt(-2 * Math.log(uniform() || 1e-9));
    return radius * Math.cos(2 * Math.PI * uniform());
  };
  return { uniform, next };
}
