/** For a page that may not keep files: the model is fetched into memory, and fetched again the next time. */
import type { LoadProgress } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import { type LocalModel, modelBytes } from '../../core/local-model';
import type { OpenedFile, OpenedModel } from '../../core/model-shelf';
import { fetchPart, type Get } from './fetch-part';
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
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    try {
      const { body } = await fetchPart(file.sources[0] ?? '', file, 0, getDirectly, signal);
      for await (const chunk of body) {
        chunks.push(chunk);
        loaded += chunk.byteLength;
        onProgress({ phase: 'download', loaded, total });
      }
    } catch (thrown) {
      signal.throwIfAborted();
      throw thrown instanceof BackendError ? thrown : cutOff(model, thrown);
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

const getDirectly: Get = async (url, headers, signal) => {
  const response = await fetch(url, { headers, signal, cache: 'no-store' });
  return { status: response.status, headers: response.headers, body: chunksOf(response) };
};

async function* chunksOf({ body }: Response): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const reader = body?.getReader();
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) return;
      yield value;
    }
  } finally {
    reader?.cancel().catch(() => undefined);
  }
}

function cutOff({ label }: LocalModel, thrown: unknown): BackendError {
  return new BackendError(
    'unreachable',
    `The download of ${label} broke off.`,
    { hint: 'Check that the server is still running, then load the model again.' },
    thrown,
  );
}
