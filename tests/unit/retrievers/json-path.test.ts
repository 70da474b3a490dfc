import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../src/core/json';
import { keysOf, parsePath, readPath, writePaths } from '../../../src/retrievers/json-path';

const answer: JsonValue = { data: { hits: [{ text: 'a' }, { text: 'b', 'odd name': 3 }] }, took: 1 };

describe('a path in JSON', () => {
  it.each([
    ['', answer],
    ['took', 1],
    ['data.hits[1].text', 'b'],
    ['data.hits[1].odd name', 3],
    [' data.hits[0] ', { text: 'a' }],
    ['data.hits[2]', undefined],
    ['data.text', undefined],
    ['took.text', undefined],
    ['data.constructor', undefined],
    ['data.hits.length', 2],
  ])('%s', (path, value) => {
    expect(readPath(answer, path)).toEqual(value);
  });

  it.each(['.', 'a.', '.a', 'a..b', 'a[', 'a[x]', 'a[0]b', 'a]', '[-1]', 'a.[0]'])('%s is none', (path) => {
    expect(parsePath(path)).toBeUndefined();
    expect(readPath(answer, path)).toBeUndefined();
  });

  it('finds what was written at it', () => {
    const name = fc.stringMatching(/^[a-z_]{1,9}$/);
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), fc.string(), (names, value) => {
        const path = names.join('.');
        expect(readPath(writePaths([[path, value]]), path)).toBe(value);
      }),
    );
  });

  it('writes several into one object, and none into what all objects share', () => {
    const written = writePaths([
      ['query.text', 'why'],
      ['query.size', 3],
      ['__proto__.polluted', true],
    ]);
    expect(JSON.parse(JSON.stringify(written))).toMatchObject({ query: { text: 'why', size: 3 } });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('tells what is there', () => {
    expect(keysOf(answer)).toBe('data (hits (a list of 2)), took');
    expect(keysOf([{ text: 'a' }])).toBe('a list of 1, each with text');
    expect(keysOf(null)).toBe('nothing');
    expect(keysOf({})).toBe('no keys');
  });
});
