/** Says, before anything is sent, that passages of documents leave this machine, and where they go. */
import { isLocal } from '../../../core/connection';
import type { DocumentChoice } from '../../../core/retrieval';
import type { BackendEntry } from '../../../state/backend-entry';

/** @param entries of the backends that will be asked. @returns undefined where nothing leaves the page */
export function remoteWarning(
  { collectionIds }: Pick<DocumentChoice, 'collectionIds'>,
  entries: readonly Pick<BackendEntry, 'connection' | 'url'>[],
): string | undefined {
  if (collectionIds.length === 0) return undefined;
  const servers = entries
    .filter(({ connection }) => !isLocal(connection))
    .map(({ connection, url }) => (url ? `${connection.label} (${url})` : connection.label));
  const names = [...new Set(servers)];
  return names.length > 0
    ? `Passages of your documents are sent to ${new Intl.ListFormat('en').format(names)} with each message.`
    : undefined;
}
