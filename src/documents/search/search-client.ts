/** The page's side of the search worker, which starts when it is first asked and holds every index. */
import { BackendError } from '../../core/backend-error';
import { startWorker } from '../../platform/start-worker';
import type { IndexedDocument } from './indexed-document';
import type { FoundPassages, SearchJob, SearchQuery, SearchReply, SearchRequest } from './search-protocol';
import workerUrl from './search.worker.ts?worker&url';

interface Pending {
  done(found: FoundPassages): void;
  failed(error: unknown): void;
}

export class SearchClient {
  #worker: Worker | undefined;
  #pending = new Map<number, Pending>();
  #lastId = 0;
  readonly #onLost: () => void;

  /** @param onLost called when the worker broke: all collections have to be added again, to the next one */
  constructor(onLost: () => void = () => undefined) {
    this.#onLost = onLost;
  }

  /**
   * One that is there already is replaced. With no documents it makes an empty collection. Takes the vectors over:
   * their buffers are empty afterwards.
   * @throws BackendError
   */
  async add(collectionId: string, documents: readonly IndexedDocument[]): Promise<void> {
    const buffers = new Set(documents.flatMap(({ vectors }) => (vectors ? [vectors.buffer] : [])));
    await this.#ask({ type: 'add', collectionId, documents }, [...buffers]);
  }

  /** Takes the vectors over. @throws BackendError also where their number is not that of the chunks */
  async setVectors(
    collectionId: string,
    documentId: string,
    vectors: Float32Array<ArrayBuffer>,
  ): Promise<void> {
    await this.#ask({ type: 'set-vectors', collectionId, documentId, vectors }, [vectors.buffer]);
  }

  /** @throws BackendError */
  async remove(collectionId: string, documentId: string): Promise<void> {
    await this.#ask({ type: 'remove', collectionId, documentId });
  }

  /** @throws BackendError */
  async drop(collectionId: string): Promise<void> {
    await this.#ask({ type: 'drop', collectionId });
  }

  /** @throws BackendError, or the signal's reason */
  async search(collectionId: string, query: SearchQuery, signal: AbortSignal): Promise<FoundPassages> {
    signal.throwIfAborted();
    const id = this.#lastId + 1;
    const abort = (): void => {
      const pending = this.#pending.get(id);
      if (!pending) return;
      this.#pending.delete(id);
      this.#worker?.postMessage({ id, type: 'abort' } satisfies SearchRequest);
      pending.failed(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await this.#ask({ type: 'search', collectionId, query });
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  /** Ends the worker and forgets every index. */
  dispose(): void {
    this.#end(new BackendError('internal', 'Searching was ended.'));
  }

  #ask(job: SearchJob, transfer: Transferable[] = []): Promise<FoundPassages> {
    return new Promise((done, failed) => {
      const id = ++this.#lastId;
      const worker = this.#start();
      worker.postMessage({ id, type: 'job', job } satisfies SearchRequest, transfer);
      this.#pending.set(id, { done, failed });
    });
  }

  #start(): Worker {
    if (this.#worker) return this.#worker;
    const worker = startWorker(workerUrl);
    worker.addEventListener('message', (event: MessageEvent<SearchReply>) => this.#receive(event.data));
    worker.addEventListener('messageerror', () => this.#crash('A message could not be read.'));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      // A script that cannot be fetched fires a plain event without a message.
      this.#crash('message' in event ? event.message : 'The worker’s script did not start.');
    });
    this.#worker = worker;
    return worker;
  }

  #receive(reply: SearchReply): void {
    const pending = this.#pending.get(reply.id);
    if (!pending) return;
    this.#pending.delete(reply.id);
    if (reply.type === 'failed') pending.failed(BackendError.fromPlain(reply.error));
    else pending.done(reply.type === 'found' ? reply.found : { passages: [], unfit: [] });
  }

  #crash(said: string): void {
    const hint = 'Documents and their text are kept. The next search reads them in again.';
    this.#end(new BackendError('internal', 'Searching stopped unexpectedly.', { said, hint }));
    this.#onLost();
  }

  #end(error: BackendError): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const one of pending) one.failed(error);
  }
}
