/** The models that are in this browser, wholly or in part. */
import { localEngines, type LocalModel, modelBytes } from '../../core/local-model';
import type { OpenedFile } from '../../core/model-shelf';
import { engineFolder, fileName, modelFolder, type ModelName, sizeOnDisk } from './model-folder';
import { isSameFile, readRecord, type ModelRecord } from './model-record';

export interface KeptModel {
  readonly model: LocalModel;
  /** Bytes on disk. */
  readonly loaded: number;
  readonly total: number;
  /** All files are there and were checked. */
  readonly isReady: boolean;
}

export async function listKeptModels(): Promise<KeptModel[]> {
  const kept: KeptModel[] = [];
  for (const engine of localEngines) {
    const folder = await engineFolder(engine);
    for await (const name of folder.keys()) {
      const model = await findKeptModel({ engine, id: decodeURIComponent(name) });
      if (model) kept.push(model);
    }
  }
  return kept;
}

export async function findKeptModel(name: ModelName): Promise<KeptModel | undefined> {
  const record = await readRecord(name);
  if (!record) return undefined;
  const { model, checked } = record;
  const folder = await modelFolder(name);
  const sizes = await Promise.all(model.files.map(({ path }) => sizeOnDisk(folder, path)));
  const loaded = sizes.reduce((sum, size) => sum + size, 0);
  const isReady = model.files.every(
    ({ path, bytes }, index) => checked.includes(path) && sizes[index] === bytes,
  );
  return { model, loaded, total: modelBytes(model), isReady };
}

/** The files of exactly this model, if all are there and were checked. Anything less is no model. */
export async function openKeptModel(model: LocalModel): Promise<OpenedFile[] | undefined> {
  const record = await readRecord(model);
  if (!record || !model.files.every((file) => isChecked(file, record))) return undefined;
  const folder = await modelFolder(model);
  const files: OpenedFile[] = [];
  for (const { path, bytes } of model.files) {
    try {
      const blob = await (await folder.getFileHandle(fileName(path))).getFile();
      if (blob.size !== bytes) return undefined;
      files.push({ path, blob });
    } catch {
      return undefined;
    }
  }
  return files;
}

export async function removeKeptModel({ engine, id }: ModelName): Promise<void> {
  const folder = await engineFolder(engine);
  await folder.removeEntry(encodeURIComponent(id), { recursive: true }).catch((thrown: unknown) => {
    if (!(thrown instanceof DOMException && thrown.name === 'NotFoundError')) throw thrown;
  });
}

function isChecked(file: LocalModel['files'][number], { model, checked }: ModelRecord): boolean {
  const kept = model.files.find(({ path }) => path === file.path);
  return kept !== undefined && checked.includes(file.path) && isSameFile(file, kept);
}
