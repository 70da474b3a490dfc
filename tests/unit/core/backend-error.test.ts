import { expect, test } from 'vitest';
import { BackendError } from '../../../src/core/backend-error';

test('survives structured cloning as data', () => {
  const error = new BackendError(
    'rate-limited',
    'wait',
    { status: 429, retryAfterMs: 3000 },
    new Error('cause'),
  );
  const back = BackendError.fromPlain(structuredClone(error.toPlain()));
  expect(back).toBeInstanceOf(BackendError);
  expect(back.toPlain()).toEqual({
    code: 'rate-limited',
    message: 'wait',
    detail: { status: 429, retryAfterMs: 3000 },
  });
});

test('keeps a BackendError as it is and wraps anything else', () => {
  const error = new BackendError('timeout', 'slow');
  expect(BackendError.from(error)).toBe(error);
  expect(BackendError.from('text')).toMatchObject({ code: 'internal', message: 'text' });
  expect(BackendError.from(new Error(''))).toMatchObject({ code: 'internal', message: /without saying why/ });
});
