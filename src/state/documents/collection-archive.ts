/** Where the parts of a collection lie in an archive: `collections/ID.json` and `documents/COLLECTION/ID/…`. */

export function collectionEntry(id: string): string {
  return `collections/${id}.json`;
}

export function documentEntry(
  { collectionId, id }: { readonly collectionId: string; readonly id: string },
  part: 'document.json' | 'vectors.f32' | 'original',
): string {
  return `documents/${collectionId}/${id}/${part}`;
}
