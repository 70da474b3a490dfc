/** Which paths below the models folder may be read: plain names of known kinds, and no link that leads out. */
import { realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** No separator, no leading dot: what consists of such names cannot climb out of the folder or reach hidden files. */
const plainName = /^\w[\w .+@-]*$/;

/** Directly in the folder lie models of one file; the others have a folder of their own. */
const topKinds = /\.gguf$/i;
const folderKinds =
  /\.(gguf|onnx|onnx_data(_\d+)?|json|jinja|wasm)$|^(params_shard_\d+\.bin|tokenizer\.model|(merges|vocab)\.txt)$/i;

/** @param path relative to the models folder, with `/` */
export function isModelPath(path: string): boolean {
  const names = path.split('/');
  const kinds = names.length === 1 ? topKinds : folderKinds;
  return names.every((name) => plainName.test(name)) && kinds.test(names.at(-1) ?? '');
}

/** The file's real place; `undefined` where there is none that may be read. */
export async function locateModelFile(directory: string, path: string): Promise<string | undefined> {
  if (!isModelPath(path)) return undefined;
  try {
    const root = await realpath(directory);
    const place = await realpath(join(directory, path));
    // A link may name another model file of the folder, and nothing else.
    const isInside = place.startsWith(root + sep);
    return isInside && isModelPath(relative(root, place).split(sep).join('/')) ? place : undefined;
  } catch {
    return undefined;
  }
}
