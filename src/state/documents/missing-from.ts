/** Documents of a folder that was added again, and whose files are no longer in it. */
import type { StoredDocument } from '../../core/document';
import type { AddedFile } from './added-file';
import { placeOf } from './place-of';

export function missingFrom(
  documents: readonly StoredDocument[],
  files: readonly AddedFile[],
): readonly StoredDocument[] {
  const folders = new Set(files.flatMap(({ path }) => (path === undefined ? [] : topOf(path))));
  const here = new Set(files.map(({ file, path }) => placeOf({ name: file.name, path })));
  return documents.filter(
    (document) =>
      document.path !== undefined && folders.has(topOf(document.path)) && !here.has(placeOf(document)),
  );
}

/** Within the folder that was added as a whole. */
export function isSameFolder(path: string, other: string): boolean {
  return topOf(path) === topOf(other);
}

function topOf(path: string): string {
  return path.split('/', 1)[0] ?? path;
}
