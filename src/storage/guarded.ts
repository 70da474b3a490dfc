/** Runs a database operation so that a broken connection is reopened once and every failure is a BackendError. */
import { Dexie } from 'dexie';
import { BackendError } from '../core/backend-error';
import type { SwitchyardDatabase } from './database';

/**
 * Browsers lose the connection to a healthy store now and then (`UnknownError`, `InvalidStateError`,
 * another tab upgrading). Trying again without reopening never helps; reopening does.
 * @throws BackendError `storage-full` or `internal`; what was on the screen stays there
 */
export async function guarded<Result>(
  database: SwitchyardDatabase,
  operation: () => Promise<Result>,
): Promise<Result> {
  try {
    return await operation();
  } catch (first) {
    if (!isConnectionLoss(first)) throw describe(first);
    try {
      database.close({ disableAutoOpen: false });
      await database.open();
      return await operation();
    } catch (second) {
      throw describe(second);
    }
  }
}

const connectionLosses: readonly string[] = [
  Dexie.errnames.Unknown,
  Dexie.errnames.InvalidState,
  Dexie.errnames.DatabaseClosed,
  'TransactionInactiveError',
];

function isConnectionLoss(thrown: unknown): boolean {
  return nameOf(thrown).some((name) => connectionLosses.includes(name));
}

/** Dexie wraps the browser's error: both names count. */
function nameOf(thrown: unknown): string[] {
  if (!(thrown instanceof Error)) return [];
  const inner = 'inner' in thrown ? nameOf(thrown.inner) : [];
  return [thrown.name, ...inner];
}

function describe(thrown: unknown): BackendError {
  if (nameOf(thrown).includes('QuotaExceededError')) {
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
