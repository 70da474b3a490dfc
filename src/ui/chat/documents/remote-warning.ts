/** Says, before anything is sent, that passages of documents leave this machine, and where they go. */
import { isLocal } from '../../../core/connection';
import type { DocumentChoice } from '../../../core/retrieval';
import type { BackendEntry } from '../../../state/backend-entry';

export interface Asked {
  /** Of the backends that will be asked. */
  readonly entries: readonly Pick<BackendEntry, 'connection' | 'url'>[];
  /** The model may search documents by itself. */
  readonly mayModelSearch: boolean;
}

/** @returns undefined where nothing leaves the page */
export function remoteWarning(
  { collectionIds }: Pick<DocumentChoice, 'collectionIds'>,
  { entries, mayModelSearch }: Asked,
): string | undefined {
  if (collectionIds.length === 0 && !mayModelSearch) return undefined;
  const servers = entries
    .filter(({ connection }) => !isLocal(connection))
    .map(({ connection, url }) => (url ? `${connection.label} (${url})` : connection.label));
  const names = new Intl.ListFormat('en').format(new Set(servers));
  if (names === '') return undefined;
  return collectionIds.length > 0
    ? `Passages of your documents are sent to ${names} with each message.`
    : `The model may search your documents, and the passages go to ${names}.`;
}
