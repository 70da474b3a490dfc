/** The page's side of the download worker, which is started when it is first needed. */
import { BackendError } from '../../core/backend-error';
import { startWorker } from '../../platform/start-worker';
import type { DownloadProgress, DownloadReply, DownloadRequest } from './download-protocol';
import workerUrl from './download.worker.ts?worker&url';

type Job = Exclude<DownloadRequest, { type: 'abort' }>;
/** A job without its number. */
export type DownloadJob = Job extends infer Each ? (Each extends Job ? Omit<Each, 'id'> : never) : never;

interface Pending {
  onProgress(progress: DownloadProgress): void;
  done(): void;
  failed(error: unknown): void;
}

export class DownloadClient {
  #worker: Worker | undefined;
  #pending = new Map<number, Pending>();
  #lastId = 0;

  /** @throws BackendError, or the signal's reason; parts stay either way */
  run(
    job: DownloadJob,
    onProgress: (progress: DownloadProgress) => void,
    signal: AbortSignal,
  ): Promise<void> {
    signal.throwIfAborted();
    const worker = this.#start();
    const id = ++this.#lastId;
    const abort = (): void => worker.postMessage({ id, type: 'abort' } satisfies DownloadRequest);
    signal.addEventListener('abort', abort, { once: true });
    return new Promise<void>((done, failed) => {
      this.#pending.set(id, { onProgress, done, failed });
      worker.postMessage({ ...job, id });
    })
      .catch((thrown: unknown) => {
        signal.throwIfAborted();
        throw thrown;
      })
      .finally(() => signal.removeEventListener('abort', abort));
  }

  #start(): Worker {
    if (this.#worker) return this.#worker;
    const worker = startWorker(workerUrl);
    worker.addEventListener('message', (event: MessageEvent<DownloadReply>) => this.#receive(event.data));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.#end('message' in event ? event.message : 'The worker’s script did not start.');
    });
    this.#worker = worker;
    return worker;
  }

  #receive(reply: DownloadReply): void {
    const pending = this.#pending.get(reply.id);
    if (!pending) return;
    if (reply.type === 'progress') return pending.onProgress(reply.progress);
    this.#pending.delete(reply.id);
    if (reply.type === 'done') pending.done();
    else if (reply.type === 'failed') pending.failed(BackendError.fromPlain(reply.error));
    else pending.failed(new DOMException('The download was stopped.', 'AbortError'));
  }

  /** The worker broke: the next job starts another one, and finds the parts. */
  #end(said: string): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    const error = new BackendError('internal', 'The download stopped unexpectedly.', {
      said,
      hint: 'What has arrived is kept. Resume the download.',
    });
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const one of pending) one.failed(error);
  }
}
