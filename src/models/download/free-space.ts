/** Room for a download, asked for before it starts rather than found missing in the middle. */
import { storageFull } from './part-file';
import { BackendError } from '../../core/backend-error';

/** The browser's own bookkeeping needs a little too. */
const margin = 1.01;

/** Also asks the browser to keep what is stored until the person deletes it. @throws BackendError `storage-full` */
export async function makeRoom(bytes: number): Promise<void> {
  const { storage } = navigator;
  // Refusing is the browser's right; the Models screen says which of both holds.
  await storage.persist().catch(() => false);
  const { quota, usage } = await storage.estimate();
  if (quota === undefined || usage === undefined) return;
  const free = quota - usage;
  if (free >= bytes * margin) return;
  const { code, detail } = storageFull();
  const message = `There is not enough room: ${inMegabytes(bytes)} are needed, ${inMegabytes(free)} are free.`;
  throw new BackendError(code, message, {
    ...detail,
    hint: 'Nothing was lost. Delete another model or free disk space, then try again.',
  });
}

function inMegabytes(bytes: number): string {
  return `${Math.max(0, Math.round(bytes / 1e6)).toLocaleString()} MB`;
}
