/** How a vector is kept: a record of ten bits per dimension for exact products, and one bit per dimension for the scan. */

/** Dimensions are filled up to a multiple of this, so that the lower bits fill registers of 128 bits. */
const dimensionStep = 64;
/** Rows whose codes are interleaved, byte by byte. */
export const groupRows = 16;

const largest = 511;
/** A factor of 1 in Q15. A row of full length whose numbers are like a bell curve has about half of it. */
const factorUnit = 2.5;

export interface RowFormat {
  /** Filled up. */
  readonly dimensions: number;
  /** Upper eight bits of each dimension, then the lower two, then the scale as f32. */
  readonly recordBytes: number;
  readonly codeBytes: number;
}

export function rowFormat(dimensions: number): RowFormat {
  const filled = Math.ceil(dimensions / dimensionStep) * dimensionStep;
  return { dimensions: filled, recordBytes: filled * 1.25 + 16, codeBytes: filled / 8 };
}

/** @param address of the record in `buffer` */
export function writeRecord(buffer: ArrayBuffer, address: number, vector: Float32Array): void {
  const { length } = vector;
  const upper = new Int8Array(buffer, address, length);
  const lower = new Uint8Array(buffer, address + length, length / 4).fill(0);
  let most = 0;
  for (let place = 0; place < length; place++) most = Math.max(most, Math.abs(vector[place] ?? 0));
  const perUnit = most > 0 ? largest / most : 0;
  for (let place = 0; place < length; place++) {
    // Rounds to the nearest, of numbers that are not negative.
    const whole = ((vector[place] ?? 0) * perUnit + (largest + 0.5)) | 0;
    const signed = whole - largest;
    upper[place] = signed >> 2;
    const four = lowerPlace(place);
    lower[four] = (lower[four] ?? 0) | ((signed & 3) << lowerShift(place));
  }
  new Float32Array(buffer, address + 1.25 * length, 1)[0] = most / largest;
}

/** @param vector is written: what the record holds */
export function readRecord(buffer: ArrayBuffer, address: number, vector: Float32Array): void {
  const { length } = vector;
  const upper = new Int8Array(buffer, address, length);
  const lower = new Uint8Array(buffer, address + length, length / 4);
  const [scale = 0] = new Float32Array(buffer, address + 1.25 * length, 1);
  for (let place = 0; place < length; place++) {
    const rest = ((lower[lowerPlace(place)] ?? 0) >> lowerShift(place)) & 3;
    vector[place] = (4 * (upper[place] ?? 0) + rest) * scale;
  }
}

function lowerPlace(place: number): number {
  return (place >> 6) * 16 + (place & 15);
}

function lowerShift(place: number): number {
  return 2 * ((place >> 4) & 3);
}

/**
 * One bit per dimension: is the vector above the centre there? And the factor that makes of a sum over those bits an
 * unbiased estimate of a product (Gao & Long 2024, "RaBitQ").
 * @param address of the row's first byte; the next one is 16 bytes on
 * @returns the factor in Q15, and the squared distance from the centre
 */
export function writeCode(
  bytes: Uint8Array,
  address: number,
  vector: Float32Array,
  centre: Float32Array,
): { factor: number; squared: number } {
  let [squared, sum] = [0, 0];
  for (let first = 0, place = address; first < vector.length; first += 8, place += groupRows) {
    let byte = 0;
    for (let bit = 0; bit < 8; bit++) {
      const rest = (vector[first + bit] ?? 0) - (centre[first + bit] ?? 0);
      if (rest > 0) byte |= 1 << bit;
      squared += rest * rest;
      sum += Math.abs(rest);
    }
    bytes[place] = byte;
  }
  const factor = sum > 0 ? (squared / sum) * (Math.sqrt(vector.length) / factorUnit) : 0;
  return { factor: Math.min(32_767, Math.round(factor * 32_768)), squared };
}

/** What a score of the scan is worth, as a product, before the step of the lookup table and its shift. */
export function scoreUnit(dimensions: number): number {
  return factorUnit / Math.sqrt(dimensions);
}
