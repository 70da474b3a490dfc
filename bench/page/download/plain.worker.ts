/** The least that keeps a file: what the network brings is written as it comes. */
import type { Wanted } from './subject';

/** As in src/models/download/part-file.ts. */
interface SyncAccess {
  write(chunk: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  flush(): void;
  close(): void;
}
type SyncFileHandle = FileSystemFileHandle & { createSyncAccessHandle(): Promise<SyncAccess> };

async function download({ name, url, bytes }: Wanted): Promise<void> {
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle(name, { create: true });
  const file = await (handle as SyncFileHandle).createSyncAccessHandle();
  const response = await fetch(url, { cache: 'no-store' });
  if (!response.body) throw new Error('There is no body.');
  let written = 0;
  for await (const chunk of response.body) written += file.write(chunk, { at: written });
  file.flush();
  file.close();
  if (written !== bytes) throw new Error(`${written} of ${bytes} bytes came.`);
}

self.addEventListener('message', ({ data }: MessageEvent<Wanted>) => {
  download(data).then(
    () => self.postMessage('done'),
    (thrown: unknown) => self.postMessage(String(thrown)),
  );
});
