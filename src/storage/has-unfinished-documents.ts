/** Whether a page that was closed left documents to be read or embedded; asked at every start, so it loads nothing else. */
import type { SwitchyardDatabase } from './database';

/** @throws BackendError when the browser's storage fails */
export function hasUnfinishedDocuments(database: SwitchyardDatabase): Promise<boolean> {
  return database.read(async (connection) => {
    const states = connection.transaction('documents').store.index('state');
    return (await states.count('waiting')) + (await states.count('embedding')) > 0;
  });
}
