/** One model at a time, in a worker that is thrown away with it: after an unload, a failure or a stop that drags on. */
import type { ChatRequest, LoadedModel, LoadProgress } from '../../core/backend';
import { BackendError, type BackendErrorCode } from '../../core/backend-error';
import type { OpenedModel } from '../../core/model-shelf';
import type { EngineEvent, EngineOptions } from './engine';
import { createFirstComeLock } from './first-come-lock';
import { WorkerClient, type ClientPort } from './worker-client';

/** Milliseconds that an engine gets to obey a stop or an unload before its worker is ended. */
const patience = 700;

/** After these the engine answers the next request as if nothing had happened; after any other it is replaced. */
const harmless: ReadonlySet<BackendErrorCode> = new Set(['context-overflow', 'bad-request']);

interface Running<Options> {
  readonly client: WorkerClient<Options>;
  readonly options: Options;
  readonly model: LoadedModel;
  /** No answer was begun since the load. */
  isCold: boolean;
}

export interface EngineParts<Options> {
  startWorker(): ClientPort<Options>;
  /** Called before every start of a worker. @throws BackendError, or the signal's reason */
  openFiles(
    options: Options,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<OpenedModel>;
}

/** Requests run one by one in the order of arrival: engines hang or mix up answers when asked two things at once. */
export class DisposableEngine<Options extends EngineOptions> {
  #running: Running<Options> | undefined;
  #loading: WorkerClient<Options> | undefined;
  #lock = createFirstComeLock();

  constructor(private readonly parts: EngineParts<Options>) {}

  /** What is loaded now, with the options it was loaded with. */
  get current(): { readonly options: Options; readonly model: LoadedModel } | undefined {
    return this.#running?.client.ended ? undefined : this.#running;
  }

  /** Does nothing when the same options are loaded already; other ones replace them. @throws BackendError */
  async load(
    options: Options,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<LoadedModel> {
    const ready = this.#readyWith(options);
    if (ready) return ready.model;
    const release = await this.#lock.acquire(signal);
    try {
      return (await this.#ensure(options, onProgress, signal)).model;
    } finally {
      release();
    }
  }

  /** Loads first where the worker is gone or holds something else. @throws BackendError */
  async *chat(
    request: ChatRequest,
    options: Options,
    signal: AbortSignal,
  ): AsyncGenerator<EngineEvent, void, undefined> {
    const release = await this.#lock.acquire(signal);
    let client: WorkerClient<Options> | undefined;
    try {
      const running = await this.#ensure(options, () => undefined, signal);
      client = running.client;
      const { isCold } = running;
      running.isCold = false;
      for await (const event of client.chat(request, signal)) {
        yield event.type === 'stream-start' && isCold ? { ...event, isCold } : event;
      }
    } catch (thrown) {
      const error = BackendError.from(thrown);
      if (!signal.aborted && !harmless.has(error.code)) client?.end(error);
      throw thrown;
    } finally {
      if (client) await settle(client);
      release();
    }
  }

  /** One vector per text; loads first where needed. @throws BackendError, or the signal's reason */
  async embed(texts: readonly string[], options: Options, signal: AbortSignal): Promise<Float32Array[]> {
    const release = await this.#lock.acquire(signal);
    let client: WorkerClient<Options> | undefined;
    try {
      client = (await this.#ensure(options, () => undefined, signal)).client;
      return await client.embed(texts, signal);
    } catch (thrown) {
      const error = BackendError.from(thrown);
      if (!signal.aborted && !harmless.has(error.code)) client?.end(error);
      throw thrown;
    } finally {
      release();
    }
  }

  /** Waits for the answer that is being written. */
  async unload(signal: AbortSignal): Promise<void> {
    const release = await this.#lock.acquire(signal);
    try {
      await this.#running?.client.dispose(patience);
      this.#running = undefined;
    } finally {
      release();
    }
  }

  /** Ends everything at once. */
  dispose(): void {
    const error = new BackendError('load-failed', 'The model was unloaded.');
    this.#loading?.end(error);
    this.#running?.client.end(error);
    this.#running = undefined;
  }

  async #ensure(
    options: Options,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<Running<Options>> {
    const ready = this.#readyWith(options);
    if (ready) return ready;
    await this.#running?.client.dispose(patience);
    this.#running = undefined;
    const startedAt = performance.now();
    const { files, notice } = await this.parts.openFiles(options, onProgress, signal);
    const openedAt = performance.now();
    onProgress({ phase: 'initialize' });
    const client = new WorkerClient<Options>(this.parts.startWorker());
    this.#loading = client;
    try {
      const loaded = await client.load(options, files, onProgress, signal);
      const timings = { filesMs: openedAt - startedAt, initializeMs: performance.now() - openedAt };
      const model = { ...loaded, timings, ...joinNotices(notice, loaded.notice) };
      this.#running = { client, options, model, isCold: true };
      return this.#running;
    } catch (thrown) {
      client.end(BackendError.from(thrown));
      throw thrown;
    } finally {
      this.#loading = undefined;
    }
  }

  #readyWith(options: Options): Running<Options> | undefined {
    const running = this.#running;
    if (!running || running.client.ended) return undefined;
    // Plain data, always built by the same function, so the same options give the same text.
    return JSON.stringify(running.options) === JSON.stringify(options) ? running : undefined;
  }
}

function joinNotices(...notices: readonly (string | undefined)[]): { notice?: string } {
  const said = notices.filter((notice) => notice !== undefined);
  return said.length > 0 ? { notice: said.join(' ') } : {};
}

/** An engine that is deaf in the middle of a batch would keep the processor busy for nobody: its worker goes. */
async function settle<Options>(client: WorkerClient<Options>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), patience);
  });
  const outcome = await Promise.race([client.idle(), late]);
  clearTimeout(timer);
  if (outcome === 'late') {
    client.end(new BackendError('load-failed', 'The model did not stop in time and was unloaded.'));
  }
}
