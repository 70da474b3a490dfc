import type { StoredDocument } from '../../core/document';

/** Where a document comes from: another content from the same place is a new version of it. */
export function placeOf({ name, path, url }: Partial<Pick<StoredDocument, 'name' | 'path' | 'url'>>): string {
  return url ?? `${path ?? ''}\n${name ?? ''}`;
}
