/** For a page that may not keep files: the model is fetched into memory, and fetched again the next time. */
import type { LoadProgress } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import { type LocalModel, modelBytes } from '../../core/local-model';
import type { OpenedFile, OpenedModel } from '../../core/model-shelf';
import { fetchPart, Interruption } from './fetch-part';
import { startsLike } from './starts-like';

/** @param reason why it cannot be kept, as the end of a sentence. @throws BackendError, or the signal's reason */
export async function downloadToMemory(
  model: LocalModel,
  reason: string,
  onProgress: (progress: LoadProgress) => void,
  signal: AbortSignal,
): Promise<OpenedModel> {
  const total = modelBytes(model);
  let loaded = 0;
  const files: OpenedFile[] = [];
  for (const file of model.files) {
    const { body } = await fetchPart(file.sources[0] ?? '', file, 0, signal).catch((thrown: unknown) => {
      throw thrown instanceof Interruption ? cutOff(model, thrown) : thrown;
    });
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await reader.read().catch((thrown: unknown) => {
        signal.throwIfAborted();
        throw cutOff(model, thrown);
      });
      if (done) break;
      chunks.push(value);
      loaded += value.byteLength;
      onProgress({ phase: 'download', loaded, total });
    }
    const blob = new Blob(chunks);
    const first = chunks[0];
    if (blob.size !== file.bytes || (first && !startsLike(file.path, first))) {
      throw new BackendError('load-failed', `${file.path} did not arrive whole.`, {
        said: `${blob.size} of ${file.bytes} bytes came.`,
      });
    }
    files.push({ path: file.path, blob });
  }
  return {
    files,
    notice: `${model.label} runs from memory: the browser could not keep it (${reason}), so it will be downloaded again next time.`,
  };
}

function cutOff({ label }: LocalModel, thrown: unknown): BackendError {
  return new BackendError(
    'unreachable',
    `The download of ${label} broke off.`,
    { hint: 'Check that the server is still running, then load the model again.' },
    thrown,
  );
}
