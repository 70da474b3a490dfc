/**
 * Works off what waits: reads one document after the other, then makes vectors. Reading goes first, for a document that
 * was read can be found. A server makes vectors meanwhile; a model in this page would only slow the reading down.
 */
import { BackendError } from '../../core/backend-error';
import { type DocumentItem, stored } from './document-item';
import { embedOne } from './embedding-step';
import type { Embedder } from './embedder';
import type { IndexFeed } from './index-feed';
import type { IngestWork } from './ingest-work.svelte';
import { readOne, type ReadingSources } from './reading-step';
import type { WorkLock } from './work-lock';
import { WorkPace } from './work-pace';

export interface WorkSources extends ReadingSources {
  readonly embedder: Embedder;
  readonly feed: IndexFeed;
  readonly work: IngestWork;
  readonly lock: WorkLock;
  noteDimensions(collectionId: string, dimensions: number): Promise<void>;
  /** The model of the collection is not what it was under the same name. */
  renewVectors(collectionId: string): void;
}

interface Running {
  readonly controller: AbortController;
  readonly ended: Promise<unknown>;
}

export class DocumentWork {
  readonly #sources: WorkSources;
  readonly #running = new Map<string, Running>();
  #whole: Promise<void> | undefined;
  #remote: Promise<void> | undefined;
  #pace = new WorkPace();
  /** Documents since it began, and those that are left. */
  #ended = 0;
  #left = 0;
  /** Called when a pause ends. */
  #wake: (() => void)[] = [];

  constructor(sources: WorkSources) {
    this.#sources = sources;
  }

  /** Does nothing while it works already. */
  start(): void {
    if (this.#whole) return this.#tell();
    if (!this.#next()) return this.#rest();
    const { work, notices, rows, store } = this.#sources;
    let isFirst = true;
    const run = async (): Promise<void> => {
      work.isElsewhere = false;
      // The tab that worked before may have done some of it, and was paused or not.
      if (!isFirst) {
        rows.take(await store.readDocuments());
        work.isPaused = await store.isPaused();
      }
      await this.#workOff();
    };
    const waits = (): void => {
      isFirst = false;
      work.isElsewhere = true;
    };
    this.#tell();
    this.#whole = this.#sources.lock
      .whileAlone(run, waits)
      .catch((thrown: unknown) => notices.failed(thrown))
      .finally(() => {
        this.#whole = undefined;
        // Something may have come in while the last of it ended.
        if (this.#next()) this.start();
        else this.#rest();
      });
  }

  /** Until it is resumed, or nothing is left: a reload changes nothing. */
  pause(): void {
    this.#setPaused(true);
  }

  resume(): void {
    this.#setPaused(false);
    this.start();
  }

  /** Resolves when nobody works on any of them any more; what becomes of them is up to the caller. */
  async stop(ids: readonly string[]): Promise<void> {
    const running = ids.flatMap((id) => this.#running.get(id) ?? []);
    for (const { controller } of running) controller.abort();
    await Promise.all(running.map(({ ended }) => ended.catch(() => undefined)));
  }

  /** What was left over by a failure of the model is tried again. */
  retryEmbedding(collectionId: string): void {
    this.#sources.work.embeddingErrors.delete(collectionId);
    this.start();
  }

  async #workOff(): Promise<void> {
    for (;;) {
      await this.#goOn();
      const waiting = this.#nextToRead();
      if (waiting) {
        await this.#read(waiting);
        this.#embedMeanwhile();
        continue;
      }
      this.#embedMeanwhile();
      const local = this.#nextToEmbed('here');
      if (local) await this.#embed(local);
      else if (this.#remote) await this.#remote;
      else return;
    }
  }

  #embedMeanwhile(): void {
    const run = async (): Promise<void> => {
      for (let next = this.#nextToEmbed('remote'); next; next = this.#nextToEmbed('remote')) {
        await this.#embed(next);
      }
    };
    if (!this.#nextToEmbed('remote')) return;
    this.#remote ??= run().finally(() => (this.#remote = undefined));
  }

  async #read(document: DocumentItem): Promise<void> {
    const begun = performance.now();
    const { feed } = this.#sources;
    const read = await this.#doing(document, (signal) => readOne(stored(document), this.#sources, signal));
    if (!read) return;
    this.#pace.noteRead(read.bytes, read.chunkCount ?? 0, performance.now() - begun);
    feed.follow(read.collectionId);
  }

  async #embed(document: DocumentItem): Promise<void> {
    const { embedder, feed } = this.#sources;
    const choice = this.#sources.collection(document.collectionId)?.embedding;
    if (!choice) return;
    const begun = performance.now();
    const sources = {
      ...this.#sources,
      goOn: (signal: AbortSignal) => this.#goOn(signal),
      isOtherModel: (id: string) => this.#sources.renewVectors(id),
    };
    await this.#doing(document, async (signal) => {
      try {
        if (await embedder.isOtherBuild(choice, signal)) return sources.isOtherModel(document.collectionId);
        const made = await embedOne(stored(document), choice, sources, signal);
        if (!made) return;
        this.#pace.noteEmbedded(made.document.chunkCount ?? 0, performance.now() - begun);
        if (choice.dimensions === undefined)
          await this.#sources.noteDimensions(document.collectionId, made.dimensions);
        feed.follow(document.collectionId);
      } catch (thrown) {
        if (!signal.aborted) this.#halt(document.collectionId, BackendError.from(thrown));
      }
    });
  }

  /** A model that fails for one text fails for all: the collection waits for `retryEmbedding` or another tab. */
  #halt(collectionId: string, error: BackendError): void {
    this.#sources.work.embeddingErrors.set(collectionId, error);
  }

  async #doing<Result>(
    { id, name }: DocumentItem,
    step: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const { work } = this.#sources;
    const controller = new AbortController();
    const ended = step(controller.signal);
    this.#running.set(id, { controller, ended });
    work.doing = [...work.doing, name];
    try {
      return await ended;
    } finally {
      this.#running.delete(id);
      work.doing = work.doing.filter((one) => one !== name);
      this.#tell();
    }
  }

  #nextToRead(): DocumentItem | undefined {
    return this.#sources.rows.first('waiting');
  }

  #nextToEmbed(where: 'remote' | 'here'): DocumentItem | undefined {
    return this.#sources.rows.first('embedding', (item) => this.#canEmbed(item, where));
  }

  #canEmbed({ id, collectionId }: DocumentItem, where?: 'remote' | 'here'): boolean {
    const { work, embedder } = this.#sources;
    const choice = this.#sources.collection(collectionId)?.embedding;
    if (!choice || this.#running.has(id) || work.embeddingErrors.has(collectionId)) return false;
    return where === undefined || (where === 'remote') === embedder.isRemote(choice);
  }

  #next(): DocumentItem | undefined {
    return this.#nextToRead() ?? this.#sources.rows.first('embedding', (item) => this.#canEmbed(item));
  }

  #setPaused(isPaused: boolean): void {
    const { work, store, notices } = this.#sources;
    if (work.isPaused === isPaused) return;
    work.isPaused = isPaused;
    if (!isPaused) for (const wake of this.#wake.splice(0)) wake();
    store.setPaused(isPaused).catch((thrown: unknown) => notices.failed(thrown));
  }

  async #goOn(signal?: AbortSignal): Promise<void> {
    if (!this.#sources.work.isPaused) return;
    await new Promise<void>((resolve, reject) => {
      this.#wake.push(resolve);
      signal?.addEventListener('abort', () => reject(new DOMException('Stopped', 'AbortError')), {
        once: true,
      });
    });
  }

  /** Counts what is left, for those who show it. */
  #tell(): void {
    const { rows, work, collection } = this.#sources;
    const left = { bytesToEmbed: 0, bytesToIndex: 0, chunks: 0 };
    let count = 0;
    for (const item of rows.all()) {
      const isUnread = item.state === 'waiting' || item.state === 'reading';
      if (!isUnread && !(item.state === 'embedding' && !work.embeddingErrors.has(item.collectionId)))
        continue;
      count++;
      const hasModel = collection(item.collectionId)?.embedding !== undefined;
      if (!isUnread) left.chunks += item.chunkCount ?? 0;
      else if (hasModel) left.bytesToEmbed += item.bytes;
      else left.bytesToIndex += item.bytes;
    }
    this.#ended += Math.max(0, this.#left - count);
    this.#left = count;
    work.done = this.#ended;
    work.total = this.#ended + count;
    work.secondsLeft = this.#pace.secondsLeft(left);
    // What is added later is other work.
    if (count === 0) this.#setPaused(false);
  }

  #rest(): void {
    const { work } = this.#sources;
    this.#ended = 0;
    this.#left = 0;
    work.done = 0;
    work.total = 0;
    work.secondsLeft = undefined;
    this.#pace = new WorkPace();
  }
}
