/** The three jobs of the download worker, each under the model's lock, so that no two tabs write one file. */
import { BackendError } from '../../core/backend-error';
import { type LocalModel, modelBytes, type ModelFile } from '../../core/local-model';
import type { OpenedFile } from '../../core/model-shelf';
import { fileName, lockName, modelFolder, sizeOnDisk } from '../store/model-folder';
import { readRecord, recordFor, writeRecord } from '../store/model-record';
import { hashFile } from './check-file';
import { downloadFile } from './download-file';
import type { DownloadProgress } from './download-protocol';
import { getThroughWorker } from './network-client';
import { PartFile } from './part-file';
import { startsLike } from './starts-like';

type Report = (progress: DownloadProgress) => void;

/** Fetches what is missing, checks it, remembers that. @throws BackendError, or the signal's reason */
export function downloadModel(model: LocalModel, report: Report, signal: AbortSignal): Promise<void> {
  return perFile(model, report, signal, (file, part, onProgress) =>
    downloadFile(file, part, onProgress, getThroughWorker, signal),
  );
}

/** Copies files from a person's disk. @throws BackendError, or the signal's reason */
export function importModel(
  model: LocalModel,
  files: readonly OpenedFile[],
  report: Report,
  signal: AbortSignal,
): Promise<void> {
  return perFile(model, report, signal, async (file, part, onProgress) => {
    const blob = files.find(({ path }) => path === file.path)?.blob;
    if (!blob) throw new BackendError('bad-request', `${file.path} was not chosen.`);
    part.truncate(0);
    for await (const chunk of blob.stream()) {
      signal.throwIfAborted();
      if (part.size === 0 && !startsLike(file.path, chunk))
        throw mismatch(file, 'It begins like another kind of file.');
      part.append(chunk);
      onProgress();
    }
    part.write();
  });
}

/** Looks at every kept file again and drops what cannot be trusted. @throws BackendError, or the signal's reason */
export function recheckModel(model: LocalModel, report: Report, signal: AbortSignal): Promise<void> {
  return locked(model, report, signal, async () => {
    const folder = await modelFolder(model);
    const record = recordFor(model, await readRecord(model));
    const checked: string[] = [];
    for (const file of model.files) {
      const isRight =
        record.checked.includes(file.path) && (await isIntact(folder, file, model, report, signal));
      if (isRight) checked.push(file.path);
      else await folder.removeEntry(fileName(file.path)).catch(() => undefined);
    }
    await writeRecord({ model, checked });
  });
}

async function isIntact(
  folder: FileSystemDirectoryHandle,
  file: ModelFile,
  model: LocalModel,
  report: Report,
  signal: AbortSignal,
): Promise<boolean> {
  // Without a published hash nothing tells good bytes from bad ones, and an engine has just complained.
  if (file.sha256 === undefined) return false;
  const part = await PartFile.open(folder, file.path);
  try {
    const onProgress = (hashed: number): void =>
      report({ phase: 'verify', loaded: hashed, total: modelBytes(model) });
    return part.size === file.bytes && (await hashFile(part, onProgress, signal)) === file.sha256;
  } finally {
    part.close();
  }
}

async function perFile(
  model: LocalModel,
  report: Report,
  signal: AbortSignal,
  fill: (file: ModelFile, part: PartFile, onProgress: () => void) => Promise<void>,
): Promise<void> {
  await locked(model, report, signal, async () => {
    const folder = await modelFolder(model);
    let record = recordFor(model, await readRecord(model));
    await writeRecord(record);
    const sizes = new Map<string, number>();
    for (const { path } of model.files) sizes.set(path, await sizeOnDisk(folder, path));
    const total = modelBytes(model);
    const loaded = (): number => [...sizes.values()].reduce((sum, size) => sum + size, 0);
    for (const file of model.files) {
      if (record.checked.includes(file.path) && sizes.get(file.path) === file.bytes) continue;
      const part = await PartFile.open(folder, file.path);
      try {
        await fill(file, part, () => {
          sizes.set(file.path, part.size);
          report({ phase: 'download', loaded: loaded(), total });
        });
        sizes.set(file.path, part.size);
        await check(file, part, () => report({ phase: 'verify', loaded: loaded(), total }), signal);
      } finally {
        part.close();
      }
      record = { model, checked: [...record.checked, file.path] };
      await writeRecord(record);
    }
    report({ phase: 'download', loaded: total, total });
  });
}

/** What turns out wrong is dropped, so that the next attempt begins anew. */
async function check(
  file: ModelFile,
  part: PartFile,
  onProgress: () => void,
  signal: AbortSignal,
): Promise<void> {
  if (part.size !== file.bytes) {
    const said = `${part.size} of ${file.bytes} bytes came.`;
    part.truncate(0);
    throw mismatch(file, said);
  }
  if (file.sha256 === undefined) return;
  const sha256 = await hashFile(part, onProgress, signal);
  if (sha256 === file.sha256) return;
  part.truncate(0);
  throw mismatch(file, `Its SHA-256 is ${sha256}.`);
}

function mismatch({ path }: ModelFile, said: string): BackendError {
  return new BackendError('load-failed', `${path} did not arrive as it was published, so it was not kept.`, {
    said,
    hint: 'Resume fetches this file anew; the other files of the model stay.',
  });
}

/** Ends at once when another tab does the same job for us: the record then says that all is there. */
async function locked(
  model: LocalModel,
  report: Report,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  const name = lockName(model);
  await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) return work();
    report({ phase: 'queued', loaded: 0, total: modelBytes(model) });
    return navigator.locks.request(name, { signal }, work);
  });
}
