/** The page's side of the protocol: one worker, request ids, and an end for everything that is pending. */
import type { ChatRequest, LoadedModel, LoadProgress } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import type { OpenedFile } from '../../core/model-shelf';
import type { EngineEvent } from './engine';
import { stoppedWorking } from './engine-failures';
import { createPushQueue, type PushQueue } from './push-queue';
import type { WorkerReply, WorkerRequest } from './worker-protocol';

/** What the client needs of a Worker, or of a MessagePort in tests. */
export interface ClientPort<Options> {
  postMessage(request: WorkerRequest<Options>): void;
  addEventListener(type: 'message' | 'messageerror' | 'error', listener: (event: Event) => void): void;
  terminate(): void;
}

/** How to end one pending request. `done` and `failed` are called at most once, one of them. */
interface Pending {
  onReply?(reply: WorkerReply): void;
  done(reply: WorkerReply): void;
  failed(error: BackendError): void;
}

export class WorkerClient<Options> {
  /** Why the worker is of no more use; absent while it lives. */
  ended: BackendError | undefined;
  #pending = new Map<number, Pending>();
  #lastId = 0;
  #idleWaiters: (() => void)[] = [];

  constructor(private readonly port: ClientPort<Options>) {
    port.addEventListener('message', (event) => {
      // Both ends of the port are ours and ship together.
      this.#receive((event as MessageEvent).data as WorkerReply);
    });
    port.addEventListener('messageerror', () => this.end(crash('A message could not be read.')));
    port.addEventListener('error', (event) => {
      event.preventDefault();
      // A script that cannot be fetched fires a plain event without a message.
      this.end(crash('message' in event ? String(event.message) : 'The worker’s script did not start.'));
    });
  }

  /** An abort ends the worker: no engine can stop half-way through a load. @throws BackendError */
  async load(
    options: Options,
    files: readonly OpenedFile[],
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<LoadedModel> {
    signal.throwIfAborted();
    const onAbort = () => this.end(crash('The load was stopped.'));
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      const reply = await this.#ask(
        (id) => ({ id, type: 'load', options, files }),
        (said) => said.type === 'progress' && onProgress(said.progress),
      );
      if (reply.type === 'loaded') return reply.model;
      throw crash(`The worker answered a load with ${reply.type}.`);
    } catch (thrown) {
      signal.throwIfAborted();
      throw thrown;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  /**
   * Ends with `stream-end: aborted` as soon as the signal says so; `idle()` tells when the engine has followed.
   * @throws BackendError
   */
  async *chat(request: ChatRequest, signal: AbortSignal): AsyncGenerator<EngineEvent, void, undefined> {
    const queue = createPushQueue<EngineEvent>();
    const id = this.#follow(queue);
    const stop = () => {
      if (this.#pending.has(id)) this.port.postMessage({ id, type: 'abort' });
      queue.push([{ type: 'stream-end', reason: 'aborted' }]);
      queue.end();
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      if (!this.ended) this.port.postMessage({ id, type: 'chat', request });
      if (signal.aborted) stop();
      yield* queue;
    } finally {
      signal.removeEventListener('abort', stop);
      // The reader may have walked away before the end.
      if (this.#pending.has(id)) this.port.postMessage({ id, type: 'abort' });
    }
  }

  /** An abort is passed on; the engine may finish the text it is at. @throws BackendError, or the signal's reason */
  async embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    signal.throwIfAborted();
    let id = 0;
    const stop = () => this.port.postMessage({ id, type: 'abort' });
    signal.addEventListener('abort', stop, { once: true });
    try {
      const reply = await this.#ask((given) => {
        id = given;
        return { id, type: 'embed', texts };
      });
      signal.throwIfAborted();
      if (reply.type === 'embedded') return [...reply.vectors];
      throw crash(`The worker answered an embedding with ${reply.type}.`);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** Frees the engine's memory and ends the worker, which answers or not. */
  async dispose(patience: number): Promise<void> {
    if (this.ended) return;
    const disposed = this.#ask((id) => ({ id, type: 'dispose' })).catch(() => undefined);
    await Promise.race([disposed, new Promise((resolve) => setTimeout(resolve, patience))]);
    this.end(crash('The model was unloaded.'));
  }

  /** Resolves when the worker has answered everything it was asked, or has ended. */
  idle(): Promise<void> {
    if (this.#pending.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idleWaiters.push(resolve));
  }

  /** Terminates the worker; whatever is pending fails with this error. */
  end(error: BackendError): void {
    if (this.ended) return;
    this.ended = error;
    this.port.terminate();
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const one of pending) one.failed(error);
    this.#wakeIdle();
  }

  #ask(
    toMessage: (id: number) => WorkerRequest<Options>,
    onReply?: (reply: WorkerReply) => void,
  ): Promise<WorkerReply> {
    return new Promise((done, failed) => {
      if (this.ended) return failed(this.ended);
      const id = this.#add({ done, failed, ...(onReply && { onReply }) });
      this.port.postMessage(toMessage(id));
    });
  }

  #follow(queue: PushQueue<EngineEvent>): number {
    if (this.ended) queue.fail(this.ended);
    return this.#add({
      onReply: (reply) => reply.type === 'events' && queue.push(reply.events),
      done: () => queue.end(),
      failed: (error) => queue.fail(error),
    });
  }

  #add(pending: Pending): number {
    const id = ++this.#lastId;
    if (!this.ended) this.#pending.set(id, pending);
    return id;
  }

  #receive(reply: WorkerReply): void {
    if (reply.type === 'crashed') return this.end(crash(reply.error.message, reply.error.detail.said));
    const pending = this.#pending.get(reply.id);
    if (!pending) return;
    if (reply.type === 'progress' || reply.type === 'events') {
      pending.onReply?.(reply);
      return;
    }
    this.#pending.delete(reply.id);
    if (reply.type === 'failed') pending.failed(BackendError.fromPlain(reply.error));
    else pending.done(reply);
    if (this.#pending.size === 0) this.#wakeIdle();
  }

  #wakeIdle(): void {
    for (const wake of this.#idleWaiters.splice(0)) wake();
  }
}

function crash(said: string, more?: string): BackendError {
  return stoppedWorking(more ?? said);
}
