/** One file on disk that grows from its end, so that whatever arrived survives a cut, a reload or a crash. */
import { BackendError } from '../../core/backend-error';
import { fileName } from '../store/model-folder';

/** Bytes between two flushes: what a crash of the whole machine may cost. */
const flushEvery = 8 * 1024 * 1024;
/**
 * Bytes that are collected before they are written. A broken connection throws away what the reader has not
 * taken yet, and a reader that stops to write at every piece is always behind.
 */
const writeEvery = 1024 * 1024;

/**
 * The part that we use of a browser's private file, which scripts stand a file of the disk in for. TypeScript has it
 * in its worker library only, which clashes with the one for pages.
 */
export interface SyncAccess {
  getSize(): number;
  write(chunk: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  read(buffer: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}
type SyncFileHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncAccess> };

export class PartFile {
  #written: number;
  #unflushed = 0;
  #collected: Uint8Array<ArrayBuffer>[] = [];
  #collectedSize = 0;

  constructor(private readonly handle: SyncAccess) {
    this.#written = handle.getSize();
  }

  /** Only in workers: pages have no synchronous file access. @throws DOMException where the file is in use or the browser allows no private files */
  static async open(folder: FileSystemDirectoryHandle, path: string): Promise<PartFile> {
    const handle = await folder.getFileHandle(fileName(path), { create: true });
    return new PartFile(await (handle as SyncFileHandle).createSyncAccessHandle());
  }

  /** Bytes that are here. */
  get size(): number {
    return this.#written + this.#collectedSize;
  }

  /** @throws BackendError `storage-full`; what was written before stays */
  append(chunk: Uint8Array<ArrayBuffer>): void {
    this.#collected.push(chunk);
    this.#collectedSize += chunk.byteLength;
    if (this.#collectedSize >= writeEvery) this.write();
  }

  /** Puts on disk what was collected. @throws BackendError `storage-full`; what was written before stays */
  write(): void {
    const collected = this.#collected.splice(0);
    this.#collectedSize = 0;
    try {
      for (const chunk of collected) {
        const written = this.handle.write(chunk, { at: this.#written });
        if (written !== chunk.byteLength) {
          // Chromium 156 in a private window: a full disk is reported as 4 294 967 288 bytes written.
          this.#written = this.handle.getSize();
          throw new DOMException('Short write', 'QuotaExceededError');
        }
        this.#written += written;
        this.#unflushed += written;
      }
      if (this.#unflushed >= flushEvery) this.flush();
    } catch (thrown) {
      throw isFull(thrown) ? storageFull(thrown) : thrown;
    }
  }

  /** Reads what is on disk. @returns the number of bytes read */
  read(buffer: Uint8Array<ArrayBuffer>, at: number): number {
    return this.handle.read(buffer, { at });
  }

  truncate(size: number): void {
    this.#collected = [];
    this.#collectedSize = 0;
    this.handle.truncate(size);
    this.#written = size;
  }

  flush(): void {
    this.handle.flush();
    this.#unflushed = 0;
  }

  close(): void {
    try {
      this.write();
      this.flush();
    } finally {
      this.handle.close();
    }
  }
}

function isFull(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'QuotaExceededError';
}

export function storageFull(cause?: unknown): BackendError {
  return new BackendError(
    'storage-full',
    'The browser has no more room for this model.',
    { hint: 'What has arrived is kept. Delete another model or free disk space, then resume the download.' },
    cause,
  );
}
