import { expect, test } from 'vitest';
import { backendErrorCodes } from '../../../src/core/backend-error';
import { describeError } from '../../../src/ui/shared/describe-error';

test.each(backendErrorCodes)('%s has a next step', (code) => {
  const { nextStep } = describeError({ code, message: 'cause', detail: {} });
  expect(nextStep).toMatch(/^[A-Z].+\.$/);
});

test('the place of failure knows better', () => {
  const detail = { hint: 'Run ollama serve.', said: 'cause', retryAfterMs: 5 };
  expect(describeError({ code: 'unreachable', message: 'cause', detail })).toEqual({
    cause: 'cause',
    nextStep: 'Run ollama serve.',
    said: undefined,
    retryAfterMs: 5,
  });
});
