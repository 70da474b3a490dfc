import { describe, expect, it } from 'vitest';
import { Rotation } from '../../../../src/documents/vectors/rotation';
import { seededRandom } from '../../../../src/platform/seeded-random';

const product = (left: Float32Array, right: Float32Array): number =>
  left.reduce((sum, value, place) => sum + value * (right[place] ?? 0), 0);

describe('a rotation', () => {
  it.each([64, 128, 384, 448, 768, 1024])('of %d dimensions keeps lengths and products', (dimensions) => {
    const random = seededRandom(dimensions + 1);
    const rotation = new Rotation(dimensions);
    const draw = (): Float32Array => Float32Array.from({ length: dimensions }, () => random() - 0.3);
    const [left, right] = [draw(), draw()];
    const before = [product(left, left), product(left, right)];
    rotation.turn(left);
    rotation.turn(right);
    expect(product(left, left)).toBeCloseTo(before[0] ?? 0, 3);
    expect(product(left, right)).toBeCloseTo(before[1] ?? 0, 3);
  });

  it('spreads what lies in one dimension over all of them', () => {
    const vector = new Float32Array(384);
    vector[17] = 1;
    new Rotation(384).turn(vector);
    expect(Math.max(...vector.map(Math.abs))).toBeLessThan(0.3);
    expect(vector.filter((value) => value !== 0).length).toBeGreaterThan(200);
  });

  it.each([64, 384])('of %d dimensions can be undone', (dimensions) => {
    const random = seededRandom(3);
    const vector = Float32Array.from({ length: dimensions }, () => random() - 0.5);
    const turned = vector.slice();
    const rotation = new Rotation(dimensions);
    rotation.turn(turned);
    rotation.turnBack(turned);
    for (const [place, value] of turned.entries()) expect(value).toBeCloseTo(vector[place] ?? 0, 5);
  });

  it('is the same each time', () => {
    const [one, other] = [new Float32Array(128).fill(0.1), new Float32Array(128).fill(0.1)];
    new Rotation(128).turn(one);
    new Rotation(128).turn(other);
    expect(one).toEqual(other);
  });
});
