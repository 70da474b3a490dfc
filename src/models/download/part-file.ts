/** One file on disk that grows from its end, so that whatever arrived survives a cut, a reload or a crash. */
import { BackendError } from '../../core/backend-error';
import { fileName } from '../store/model-folder';

/** Bytes between two flushes: what a crash of the whole machine may cost. */
const flushEvery = 8 * 1024 * 1024;

/** The part that we use; TypeScript has it in its worker library only, which clashes with the one for pages. */
interface SyncAccess {
  getSize(): number;
  write(chunk: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  read(buffer: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}
type SyncFileHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncAccess> };

/** Only in workers: pages have no synchronous file access. */
export class PartFile {
  #unflushed = 0;

  private constructor(
    private readonly handle: SyncAccess,
    /** Bytes that are here. */
    public size: number,
  ) {}

  /** @throws BackendError `storage-full`, `internal` */
  static async open(folder: FileSystemDirectoryHandle, path: string): Promise<PartFile> {
    const handle = await folder.getFileHandle(fileName(path), { create: true });
    const access = await (handle as SyncFileHandle).createSyncAccessHandle();
    return new PartFile(access, access.getSize());
  }

  /** @throws BackendError `storage-full`; what was written before stays */
  append(chunk: Uint8Array<ArrayBuffer>): void {
    try {
      const written = this.handle.write(chunk, { at: this.size });
      this.size += written;
      this.#unflushed += written;
      if (written < chunk.byteLength) throw new DOMException('Short write', 'QuotaExceededError');
      if (this.#unflushed >= flushEvery) this.flush();
    } catch (thrown) {
      throw isFull(thrown) ? storageFull(thrown) : thrown;
    }
  }

  read(buffer: Uint8Array<ArrayBuffer>, at: number): number {
    return this.handle.read(buffer, { at });
  }

  truncate(size: number): void {
    this.handle.truncate(size);
    this.size = size;
  }

  flush(): void {
    this.handle.flush();
    this.#unflushed = 0;
  }

  close(): void {
    try {
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
