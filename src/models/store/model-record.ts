/** What is known of a kept model, beside its files: which model it is and which files were checked. */
import type { LocalModel, ModelFile } from '../../core/local-model';
import { type ModelName, modelFolder } from './model-folder';

const recordName = 'model.json';

export interface ModelRecord {
  readonly model: LocalModel;
  /** Paths of files whose bytes were all there and right. Hashing them at every start would double a load. */
  readonly checked: readonly string[];
}

/** Absent where nothing is kept under this name, or where the record is broken. */
export async function readRecord(name: ModelName): Promise<ModelRecord | undefined> {
  try {
    const handle = await (await modelFolder(name)).getFileHandle(recordName);
    // Written by `writeRecord` only; the browser puts a new version in place as a whole or not at all.
    return JSON.parse(await (await handle.getFile()).text()) as ModelRecord;
  } catch {
    return undefined;
  }
}

export async function writeRecord(record: ModelRecord): Promise<void> {
  const handle = await (await modelFolder(record.model)).getFileHandle(recordName, { create: true });
  const stream = await handle.createWritable();
  await stream.write(JSON.stringify(record));
  await stream.close();
}

/** The record for this version of the model: what was checked counts only for files that did not change. */
export function recordFor(model: LocalModel, earlier: ModelRecord | undefined): ModelRecord {
  const checked = (earlier?.checked ?? []).filter((path) => {
    const now = model.files.find((file) => file.path === path);
    const then = earlier?.model.files.find((file) => file.path === path);
    return now !== undefined && then !== undefined && isSameFile(now, then);
  });
  return { model, checked };
}

export function isSameFile(one: ModelFile, other: ModelFile): boolean {
  const isOtherHash = one.sha256 !== undefined && other.sha256 !== undefined && one.sha256 !== other.sha256;
  return one.bytes === other.bytes && !isOtherHash;
}
