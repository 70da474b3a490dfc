/** Runs a database operation so that a broken connection is reopened once and every failure is a BackendError. */
import { BackendError } from '../core/backend-error';

/**
 * Browsers lose the connection to a healthy store now and then (`UnknownError`, `InvalidStateError`,
 * another tab upgrading). Trying again without reopening never helps; reopening does.
 * @throws BackendError `storage-full` or `internal`; what was on the screen stays there
 */
export async function guarded<Result>(
  operation: () => Promise<Result>,
  reopen: () => Promise<void>,
): Promise<Result> {
  try {
    return await operation();
  } catch (first) {
    if (!isConnectionLoss(first)) throw describe(first);
    try {
      await reopen();
      return await operation();
    } catch (second) {
      throw describe(second);
    }
  }
}

const connectionLosses: readonly string[] = [
  'UnknownError',
  'InvalidStateError',
  'TransactionInactiveError',
  // A transaction that the browser ended without a reason, as when it closes the connection.
  'AbortError',
];

function isConnectionLoss(thrown: unknown): boolean {
  return thrown instanceof Error && connectionLosses.includes(thrown.name);
}

function describe(thrown: unknown): BackendError {
  if (thrown instanceof Error && thrown.name === 'QuotaExceededError') {
    return new BackendError(
      'storage-full',
      'This browser has no space left to save conversations. What you see stays until you close the tab.',
      { hint: 'Delete conversations or models you no longer need, or free disk space.' },
      thrown,
    );
  }
  const said = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return new BackendError(
    'internal',
    'This browser could not save or read conversations. What you see stays until you close the tab.',
    { said, hint: 'Private windows and full disks are the usual causes. Reload the page to try again.' },
    thrown,
  );
}
