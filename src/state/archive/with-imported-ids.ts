/** What names collections and documents in a conversation of an archive, as they are called here. */

const named: ReadonlySet<string> = new Set(['collectionId', 'documentId', 'collectionIds', 'documentIds']);

/** @param content JSON; what cannot be read is left as it is, for the check to refuse */
export function withImportedIds(content: string, ids: ReadonlyMap<string, string>): string {
  if (ids.size === 0) return content;
  const renew = (value: unknown): unknown => (typeof value === 'string' ? (ids.get(value) ?? value) : value);
  try {
    return JSON.stringify(
      JSON.parse(content, (key, value: unknown) => {
        if (!named.has(key)) return value;
        return Array.isArray(value) ? value.map(renew) : renew(value);
      }),
    );
  } catch {
    return content;
  }
}
