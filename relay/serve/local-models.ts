/** Which GGUF files lie in the models folder, with what the set-up noted about them. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { LocalModel } from '../../src/core/local-model';
import { relayPaths } from '../contract';
import { isModelFileName } from './model-files';

const optionalNumber = v.optional(v.number());

const sampling = v.object({
  temperature: optionalNumber,
  topP: optionalNumber,
  topK: optionalNumber,
  minP: optionalNumber,
  repeatPenalty: optionalNumber,
});

const note = v.object({
  file: v.string(),
  label: v.optional(v.string()),
  bytes: v.number(),
  sha256: v.optional(v.string()),
  license: v.optional(v.string()),
  suggestedParams: v.optional(sampling),
});
type Note = v.InferOutput<typeof note>;

/** Looked up anew each time, so a file that is put there shows after a reload. */
export async function listLocalModels(directory: string): Promise<LocalModel[]> {
  const [names, notes] = await Promise.all([
    readdir(directory).catch((): string[] => []),
    readNotes(join(directory, 'manifest.json')),
  ]);
  const files = await Promise.all(
    names
      .filter(isModelFileName)
      .sort()
      .map((name) => describe(directory, name, notes)),
  );
  return files.filter((file) => file !== undefined);
}

async function describe(
  directory: string,
  name: string,
  notes: readonly Note[],
): Promise<LocalModel | undefined> {
  const found = await stat(join(directory, name)).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  const id = name.replace(/\.gguf$/i, '');
  // A note about a file of another size is about another file.
  const known = notes.find(({ file, bytes }) => file === name && bytes === found.size);
  const { label = id, sha256, license, suggestedParams } = known ?? {};
  const source = `${relayPaths.models}/${encodeURIComponent(name)}`;
  return {
    id,
    engine: 'wllama',
    label,
    files: [{ path: name, sources: [source], bytes: found.size, ...(sha256 === undefined ? {} : { sha256 }) }],
    ...(license === undefined ? {} : { license }),
    ...(suggestedParams === undefined ? {} : { suggestedParams }),
  };
}

/** The notes are a convenience: without them, or with broken ones, the files are still listed. */
async function readNotes(path: string): Promise<Note[]> {
  try {
    const entries = v.parse(v.array(v.unknown()), JSON.parse(await readFile(path, 'utf8')));
    return entries.filter((entry) => v.is(note, entry));
  } catch {
    return [];
  }
}
