import { expect, it } from 'vitest';
import { afterReport, noPullProgress, type PullReport, sumOf } from '../../../src/core/pull-progress';

const after = (...reports: readonly PullReport[]) => reports.reduce(afterReport, noPullProgress);

it('keeps a bar for each layer, in the order in which the server names them, and their sum', () => {
  const progress = after(
    { status: 'pulling manifest' },
    { status: 'pulling a', digest: 'sha256:a', total: 100 },
    { status: 'pulling a', digest: 'sha256:a', total: 100, completed: 60 },
    { status: 'pulling b', digest: 'sha256:b', total: 10, completed: 10 },
    { status: 'verifying sha256 digest' },
  );
  expect(progress).toEqual({
    status: 'verifying sha256 digest',
    layers: [
      { digest: 'sha256:a', total: 100, completed: 60 },
      { digest: 'sha256:b', total: 10, completed: 10 },
    ],
  });
  expect(sumOf(progress)).toEqual({ total: 110, completed: 70 });
});
