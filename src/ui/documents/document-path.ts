/** Addresses of the documents screen; a document's address names the passage to mark. */

/** Offsets in UTF-16 units of the document's text. */
export interface PassageRange {
  readonly start: number;
  readonly end: number;
}

export function documentsPath(collectionId?: string): string {
  return collectionId === undefined ? '#/documents' : `#/documents/${collectionId}`;
}

export function documentPath(collectionId: string, documentId: string, range?: PassageRange): string {
  const path = `${documentsPath(collectionId)}/${documentId}`;
  return range ? `${path}?from=${range.start}&until=${range.end}` : path;
}
