/** Quantiles of Student's t distribution, for intervals around a mean. */

/** From here on the distribution is the normal one but for a correction (Abramowitz and Stegun 26.7.5). */
const manyDegrees = 1000;
/** Of the normal distribution, for 95 %. */
export const normal95 = 1.959963984540054;

const known = new Map<number, number>();

/**
 * The bound that 95 % of the distribution lie within, on both sides of zero.
 * @param degrees of freedom, a whole number from 1 on
 */
export function student95(degrees: number): number {
  const found = known.get(degrees) ?? (degrees > manyDegrees ? nearNormal(degrees) : bisected(degrees));
  known.set(degrees, found);
  return found;
}

function nearNormal(degrees: number): number {
  return normal95 + (normal95 ** 3 + normal95) / (4 * degrees);
}

/** Over the angle whose tangent is t / √degrees: it has bounds, and t has none. */
function bisected(degrees: number): number {
  let [low, high] = [0, Math.PI / 2];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (shareWithin(middle, degrees) < 0.95) low = middle;
    else high = middle;
  }
  return Math.sqrt(degrees) * Math.tan((low + high) / 2);
}

/** P(|T| ≤ t), by the finite sums for whole degrees of freedom (Abramowitz and Stegun 26.7.3 and 26.7.4). */
function shareWithin(angle: number, degrees: number): number {
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const isEven = degrees % 2 === 0;
  let term = isEven ? 1 : cosine;
  let sum = degrees === 1 ? 0 : term;
  const terms = isEven ? degrees / 2 : (degrees - 1) / 2;
  for (let k = 1; k < terms; k++) {
    term *= (isEven ? (2 * k - 1) / (2 * k) : (2 * k) / (2 * k + 1)) * cosine ** 2;
    sum += term;
  }
  return isEven ? sine * sum : (2 / Math.PI) * (angle + sine * sum);
}
