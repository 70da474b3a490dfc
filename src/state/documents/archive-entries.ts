/** Reads single entries of an archive that was written here. */
import { notImported } from '../../core/not-imported';
import type { ReadEntry } from '../../platform/archive/read-archive';

export type ArchiveEntries = ReadonlyMap<string, ReadEntry>;

/** Undefined where there is no such entry. @throws BackendError `bad-request` where it is damaged */
export async function blobOf(entries: ArchiveEntries, name: string): Promise<Blob | undefined> {
  const read = entries.get(name);
  if (!read) return undefined;
  const content = await read();
  if (content) return content;
  throw notImported('it is damaged.');
}

/** @throws BackendError `bad-request` where it is missing or damaged */
export async function textOf(entries: ArchiveEntries, name: string): Promise<string> {
  const content = await blobOf(entries, name);
  if (!content) throw notImported(`${name} is missing in it.`);
  return content.text();
}
