import { expect, it } from 'vitest';
import { withRefused } from '../../../../src/backends/shared/refused-params';
import { BackendError } from '../../../../src/core/backend-error';
import type { ParamEffect } from '../../../../src/core/param-effect';

const effects: readonly ParamEffect[] = [
  { param: 'temperature', outcome: 'sent', requested: 1, wire: 'options.temperature', sent: 1 },
  { param: 'thinking', outcome: 'sent', requested: true, wire: 'think', sent: true },
  { param: 'topK', outcome: 'ignored', requested: 3 },
];

function outcomes(said: string, code: 'bad-request' | 'unreachable' = 'bad-request') {
  const thrown = withRefused(new BackendError(code, 'No.', { said, status: 400 }), effects);
  const report = thrown instanceof BackendError ? thrown.detail.effects : undefined;
  return report?.map(({ outcome }) => outcome);
}

it('names the setting that the server names', () => {
  expect(outcomes('"smollm2" does not support thinking')).toEqual(['sent', 'refused', 'ignored']);
  expect(outcomes('temperature must be non-negative, got -1.0.')).toEqual(['refused', 'sent', 'ignored']);
});

it('names none where the server names none, or where it is another failure', () => {
  expect(outcomes('messages must not be empty')).toBeUndefined();
  expect(outcomes('temperature', 'unreachable')).toBeUndefined();
});

it('leaves everything else as it was', () => {
  const thrown = new Error('temperature');
  expect(withRefused(thrown, effects)).toBe(thrown);
});
