/** Where a model's files lie in the browser's private file system: `models/ENGINE/ID/FILE`, names encoded. */
import type { LocalEngine } from '../../core/local-model';
import { modelsFolderName } from './has-kept-models';

export interface ModelName {
  readonly engine: LocalEngine;
  readonly id: string;
}

/** Unique over all engines. */
export function modelKey({ engine, id }: ModelName): string {
  return `${engine}/${id}`;
}

/** The Web Lock of whoever works on its files, over all tabs. */
export function lockName(model: ModelName): string {
  return `switchyard-model:${modelKey(model)}`;
}

/** @throws DOMException where the browser has or allows no private files */
async function allModelsFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(modelsFolderName, { create: true });
}

export async function engineFolder(engine: LocalEngine): Promise<FileSystemDirectoryHandle> {
  return (await allModelsFolder()).getDirectoryHandle(engine, { create: true });
}

/** Made where it is not there yet. */
export async function modelFolder({ engine, id }: ModelName): Promise<FileSystemDirectoryHandle> {
  return (await engineFolder(engine)).getDirectoryHandle(encodeURIComponent(id), { create: true });
}

export function fileName(path: string): string {
  return encodeURIComponent(path);
}

/** Bytes on disk; 0 where there is no such file. */
export async function sizeOnDisk(folder: FileSystemDirectoryHandle, path: string): Promise<number> {
  try {
    return (await (await folder.getFileHandle(fileName(path))).getFile()).size;
  } catch {
    return 0;
  }
}
