/** Files that no row names go: a tab may have been closed between the two. */
import type { DocumentsHost } from './documents-host';
import type { WorkLock } from './work-lock';

export async function removeForgotten(
  { store, originals }: Pick<DocumentsHost, 'store' | 'originals'>,
  lock: WorkLock,
): Promise<void> {
  await lock.ifNobodyAdds(async () => {
    const names = await originals.list();
    if (names.length === 0) return;
    const { documents } = await store.readDocuments();
    const known = new Set(documents.map(({ id }) => id));
    for (const name of names) if (!known.has(name.id)) await originals.delete(name);
  });
}
