/** The page's side of the reading worker: one file after the other, and a new worker after a crash or a cancel. */
import { BackendError } from '../../core/backend-error';
import type { DocumentKind, ReadDocument } from '../../core/document';
import { startWorker } from '../../platform/start-worker';
import { requireReadableSize } from './file-limit';
import type { OnReadProgress } from './read-request';
import type { ChunkRequest, ReadingReply, ReadingRequest } from './reading-protocol';
import workerUrl from './reading.worker.ts?worker&url';
import { unreadable } from './unreadable';

/** Milliseconds without a page read: a file may be made so that a parser never ends. */
const longestSilence = 120_000;

type NamedBlob = Blob & { readonly name: string };

export class ReadingClient {
  #worker: Worker | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #end: ((error: unknown) => void) | undefined;
  #isDisposed = false;

  /**
   * Reads, and divides the text into chunks.
   * @throws BackendError `unreadable-document`, or the signal's reason
   */
  readAndSplit(
    file: NamedBlob,
    kind: DocumentKind,
    chunks: ChunkRequest,
    onProgress: OnReadProgress,
    signal: AbortSignal,
  ): Promise<ReadDocument> {
    return this.#queue({ type: 'read', name: file.name, kind, file, chunks }, onProgress, signal);
  }

  /**
   * Divides what was read already into other chunks.
   * @throws BackendError `unreadable-document`, or the signal's reason
   */
  splitAgain(
    name: string,
    read: ReadDocument,
    chunks: ChunkRequest,
    signal: AbortSignal,
  ): Promise<ReadDocument> {
    return this.#queue({ type: 'split', name, read, chunks }, () => undefined, signal);
  }

  /** What is being read ends with an `AbortError`; the client is not used again. */
  dispose(): void {
    this.#isDisposed = true;
    this.#stop(new DOMException('Nobody waits for it any more.', 'AbortError'));
  }

  #queue(request: ReadingRequest, onProgress: OnReadProgress, signal: AbortSignal): Promise<ReadDocument> {
    const result = this.#last.then(() => this.#run(request, onProgress, signal));
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #run(
    request: ReadingRequest,
    onProgress: OnReadProgress,
    signal: AbortSignal,
  ): Promise<ReadDocument> {
    signal.throwIfAborted();
    if (this.#isDisposed) throw new DOMException('Nobody waits for it any more.', 'AbortError');
    if (request.type === 'read') requireReadableSize(request.name, request.file.size);
    const worker = (this.#worker ??= startWorker(workerUrl));
    const abort = (): void => this.#stop(signal.reason);
    let silence: ReturnType<typeof setTimeout> | undefined;
    const watch = (): void => {
      clearTimeout(silence);
      silence = setTimeout(() => this.#stop(endless(request.name)), longestSilence);
    };
    try {
      return await new Promise<ReadDocument>((resolve, reject) => {
        this.#end = reject;
        signal.addEventListener('abort', abort, { once: true });
        worker.onmessage = ({ data }: MessageEvent<ReadingReply>) => {
          if (data.type === 'done') return resolve(data.result);
          if (data.type === 'failed') return reject(BackendError.fromPlain(data.error));
          // pdf.js, which finds itself in a worker, greets the page as well.
          if (data.type !== 'progress') return;
          watch();
          onProgress(data.done, data.total);
        };
        worker.onerror = (event) => {
          event.preventDefault();
          this.#stop(crashed(request.name, event.message));
        };
        watch();
        worker.postMessage(request);
      });
    } finally {
      clearTimeout(silence);
      signal.removeEventListener('abort', abort);
      this.#end = undefined;
    }
  }

  /** The next file starts another worker. */
  #stop(reason: unknown): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#end?.(reason);
  }
}

function endless(name: string): BackendError {
  return unreadable(
    `Reading ${name} was ended: nothing came of it for ${longestSilence / 60_000} minutes.`,
    'Save it anew in the program that made it, or in parts, and add that.',
  );
}

function crashed(name: string, said: string | undefined): BackendError {
  const message = `Reading ${name} stopped: its worker broke, perhaps for want of memory. Nothing of it was kept.`;
  return unreadable(message, 'Add it again, or in parts.', new Error(said ?? 'It could not be started.'));
}
