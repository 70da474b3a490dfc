/** The files below a folder that may be served, with their sizes. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { locateModelFile } from './model-path';

export interface FolderFile {
  /** Relative to the models folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
}

/** `onnx/` of a repository, and one more for folders that hold several models. */
const deepest = 3;

/**
 * @param root the models folder
 * @param within a folder in it; `''` for the root itself
 * @returns in the order of their names; folders that are links are not entered
 */
export async function listFolderFiles(root: string, within = ''): Promise<FolderFile[]> {
  const entries = await readdir(join(root, within), { withFileTypes: true }).catch(() => []);
  const found: FolderFile[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = within === '' ? entry.name : `${within}/${entry.name}`;
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) {
      if (path.split('/').length <= deepest) found.push(...(await listFolderFiles(root, path)));
      continue;
    }
    const place = await locateModelFile(root, path);
    const file = place === undefined ? undefined : await stat(place).catch(() => undefined);
    if (file?.isFile()) found.push({ path, bytes: file.size });
  }
  return found;
}
