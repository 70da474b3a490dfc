/** The files that documents were made of, in the browser's private file system: `documents/COLLECTION/DOCUMENT`. */
import { BackendError } from '../core/backend-error';

export interface OriginalName {
  readonly collectionId: string;
  readonly id: string;
}

export class OriginalFiles {
  readonly #folderName: string;
  /** By collection. With thousands of files, looking each folder up again is most of the work. */
  readonly #folders = new Map<string, FileSystemDirectoryHandle>();

  constructor(folderName = 'documents') {
    this.#folderName = folderName;
  }

  /** Whether this browser keeps files for a page, and lets it write them. */
  async isAvailable(): Promise<boolean> {
    if (!('storage' in navigator) || !('createWritable' in FileSystemFileHandle.prototype)) return false;
    return navigator.storage.getDirectory().then(
      () => true,
      () => false,
    );
  }

  /** The file is there as a whole, or as it was before. @throws BackendError `storage-full`, `internal`; the signal's reason */
  async write({ collectionId, id }: OriginalName, content: Blob, signal: AbortSignal): Promise<void> {
    try {
      await this.#within(collectionId, true, async (folder) =>
        writeTo(await folder.getFileHandle(id, { create: true }), content, signal),
      );
    } catch (thrown) {
      // An earlier version stays whole.
      if ((await this.read({ collectionId, id }))?.size === 0) await this.delete({ collectionId, id });
      signal.throwIfAborted();
      throw notKept(thrown);
    }
  }

  /** Undefined where it is not kept. */
  async read({ collectionId, id }: OriginalName): Promise<File | undefined> {
    try {
      return await this.#within(collectionId, false, async (folder) =>
        (await folder.getFileHandle(id)).getFile(),
      );
    } catch {
      return undefined;
    }
  }

  /** Does nothing where there is none. */
  async delete({ collectionId, id }: OriginalName): Promise<void> {
    try {
      await this.#within(collectionId, false, (folder) => folder.removeEntry(id));
    } catch {
      // It was not there, or is found by the next `list`.
    }
  }

  async deleteCollection(collectionId: string): Promise<void> {
    this.#folders.delete(collectionId);
    try {
      await (await this.#all(false)).removeEntry(collectionId, { recursive: true });
    } catch {
      // It was not there, or is found by the next `list`.
    }
  }

  /** All that are kept; empty where this browser keeps no files. */
  async list(): Promise<OriginalName[]> {
    const names: OriginalName[] = [];
    try {
      for await (const [collectionId, folder] of (await this.#all(false)).entries()) {
        if (!(folder instanceof FileSystemDirectoryHandle)) continue;
        for await (const id of folder.keys()) names.push({ collectionId, id });
      }
    } catch {
      // Nothing was ever kept.
    }
    return names;
  }

  async #all(create: boolean): Promise<FileSystemDirectoryHandle> {
    const root = await navigator.storage.getDirectory();
    return root.getDirectoryHandle(this.#folderName, { create });
  }

  async #within<Result>(
    collectionId: string,
    create: boolean,
    work: (folder: FileSystemDirectoryHandle) => Promise<Result>,
  ): Promise<Result> {
    const known = this.#folders.get(collectionId);
    try {
      if (known) return await work(known);
    } catch (thrown) {
      // Another tab may have deleted the folder, and another one may be there by now.
      if (!(thrown instanceof DOMException) || thrown.name !== 'NotFoundError') throw thrown;
      this.#folders.delete(collectionId);
    }
    const folder = await (await this.#all(create)).getDirectoryHandle(collectionId, { create });
    this.#folders.set(collectionId, folder);
    return work(folder);
  }
}

async function writeTo(handle: FileSystemFileHandle, content: Blob, signal: AbortSignal): Promise<void> {
  const stream = await handle.createWritable();
  const abort = (): void => void stream.abort().catch(() => undefined);
  signal.addEventListener('abort', abort, { once: true });
  try {
    signal.throwIfAborted();
    // As one blob the browser copies it without this thread.
    await stream.write(content);
    await stream.close();
  } catch (thrown) {
    abort();
    throw thrown;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function notKept(thrown: unknown): BackendError {
  if (thrown instanceof Error && thrown.name === 'QuotaExceededError') {
    const message = 'This browser has no space left for this file.';
    return new BackendError('storage-full', message, { hint: roomHint }, thrown);
  }
  const said = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return new BackendError('internal', 'This browser could not keep or read this file.', { said }, thrown);
}

const roomHint =
  'Documents added before are kept. Delete some or a model, or free disk space, then add it again.';
