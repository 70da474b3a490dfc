import { expect, test } from 'vitest';
import { answers } from '../../../src/core/answers';

test.for([
  [undefined, true],
  [{}, true],
  [{ embedding: true }, false],
  [{ embedding: true, chat: true }, true],
  [{ embedding: false }, true],
  [{ chat: false }, false],
  [{ chat: false, embedding: true }, false],
] as const)('%o: %s', ([capabilities, expected]) => {
  expect(answers({ capabilities })).toBe(expected);
});
