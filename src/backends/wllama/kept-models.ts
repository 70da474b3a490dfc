/** Model files in this browser's private file system, so that a model is downloaded once. */
import type { LocalModelFile } from '../../core/connection';

/** The browser would not store it: no space, a private window, or an insecure page. The model itself may be fine. */
export class KeepFailed extends Error {
  override readonly name = 'KeepFailed';
}

export interface KeepWriter {
  /** @throws KeepFailed */
  write(chunk: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Makes the bytes readable. Not yet trusted: call `trustKept` once they were checked. @throws KeepFailed */
  close(): Promise<Blob>;
  discard(): Promise<void>;
}

/** The file, if it was kept whole and checked. Anything less is no file. */
export async function findKept(file: LocalModelFile): Promise<Blob | undefined> {
  try {
    const folder = await modelsFolder();
    const mark = await (await folder.getFileHandle(markName(file))).getFile();
    const blob = await (await folder.getFileHandle(fileName(file))).getFile();
    const isTrusted = (await mark.text()) === markText(file) && blob.size === file.bytes;
    return isTrusted ? blob : undefined;
  } catch {
    // Not there, or no such storage: both mean that it has to be fetched.
    return undefined;
  }
}

/** Written to the side by the browser and put in place by `close`, so a stop leaves nothing half done. */
export async function keepModel(file: LocalModelFile): Promise<KeepWriter> {
  await forgetModel(file);
  const handle = await storing(async () => {
    return (await modelsFolder()).getFileHandle(fileName(file), { create: true });
  });
  const stream = await storing(() => handle.createWritable());
  return {
    write: (chunk) => storing(() => stream.write(chunk)),
    close: () =>
      storing(async () => {
        await stream.close();
        return handle.getFile();
      }),
    discard: async () => {
      await stream.abort().catch(() => undefined);
      await forgetModel(file);
    },
  };
}

/** Remembers that the bytes were checked; hashing them at every start would double the time of a load. */
export async function trustKept(file: LocalModelFile): Promise<void> {
  await storing(async () => {
    const handle = await (await modelsFolder()).getFileHandle(markName(file), { create: true });
    const stream = await handle.createWritable();
    await stream.write(markText(file));
    await stream.close();
  });
}

/** The mark goes first: whatever happens in between, no unmarked file is trusted. */
export async function forgetModel(file: LocalModelFile): Promise<void> {
  try {
    const folder = await modelsFolder();
    for (const name of [markName(file), fileName(file)]) {
      await folder.removeEntry(name).catch(() => undefined);
    }
  } catch {
    // No storage, so nothing to forget.
  }
}

async function modelsFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle('models', { create: true });
}

async function storing<Result>(action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (thrown) {
    throw new KeepFailed(thrown instanceof Error ? thrown.name : String(thrown), { cause: thrown });
  }
}

function fileName(file: LocalModelFile): string {
  return `${encodeURIComponent(file.id)}-${file.bytes}`;
}

function markName(file: LocalModelFile): string {
  return `${fileName(file)}.checked`;
}

function markText(file: LocalModelFile): string {
  return file.sha256 ?? 'size and magic only';
}
