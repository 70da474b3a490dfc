/** Gives the bytes of a model: the kept copy, or a download that is checked and then kept. */
import type { LoadProgress } from '../../core/backend';
import type { LocalModelFile } from '../../core/connection';
import { findKept, keepModel, KeepFailed, trustKept } from './kept-models';
import { checkModelFile } from './model-checks';
import { downloadModel } from './model-download';

export interface OpenedModel {
  readonly blob: Blob;
  /** Why the model could not be kept, as a sentence. */
  readonly notice?: string;
}

/** @throws BackendError, or the signal's reason */
export async function openModelFile(
  file: LocalModelFile,
  onProgress: (progress: LoadProgress) => void,
  signal: AbortSignal,
): Promise<OpenedModel> {
  // A page that is neither HTTPS nor localhost has no locks, and no private files either.
  if (!('locks' in navigator)) return downloadToMemory(file, onProgress, signal, 'the page is not secure');
  // Two tabs must not write one file: the second one waits, and then finds it.
  return navigator.locks.request(`switchyard-model:${file.id}`, { signal }, async () => {
    const kept = await findKept(file);
    if (kept) return { blob: kept };
    try {
      return { blob: await downloadAndKeep(file, onProgress, signal) };
    } catch (thrown) {
      if (!(thrown instanceof KeepFailed)) throw thrown;
      const reason = thrown.message === 'QuotaExceededError' ? 'there is no space left' : thrown.message;
      return downloadToMemory(file, onProgress, signal, reason);
    }
  });
}

async function downloadAndKeep(
  file: LocalModelFile,
  onProgress: (progress: LoadProgress) => void,
  signal: AbortSignal,
): Promise<Blob> {
  const writer = await keepModel(file);
  try {
    await downloadModel(file, (chunk) => writer.write(chunk), onProgress, signal);
    const blob = await writer.close();
    await checkModelFile(blob, file);
    await trustKept(file);
    return blob;
  } catch (thrown) {
    await writer.discard();
    throw thrown;
  }
}

async function downloadToMemory(
  file: LocalModelFile,
  onProgress: (progress: LoadProgress) => void,
  signal: AbortSignal,
  reason: string,
): Promise<OpenedModel> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  await downloadModel(file, (chunk) => void chunks.push(chunk), onProgress, signal);
  const blob = new Blob(chunks);
  await checkModelFile(blob, file);
  return {
    blob,
    notice: `${file.label} runs from memory: the browser could not keep it (${reason}), so it will be downloaded again next time.`,
  };
}
