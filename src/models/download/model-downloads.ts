/**
 * The models in this browser and those on their way into it: the page's side of the one downloader that stands
 * in front of all engines. Plain data and callbacks, so that any screen or test can use it.
 */
import type { LoadProgress } from '../../core/backend';
import { BackendError } from '../../core/backend-error';
import { type LocalModel, modelBytes } from '../../core/local-model';
import type { OpenedFile, OpenedModel } from '../../core/model-shelf';
import {
  findKeptModel,
  type KeptModel,
  listKeptModels,
  openKeptModel,
  removeKeptModel,
} from '../store/kept-models';
import { lockName, modelKey, type ModelName } from '../store/model-folder';
import { readRecord, recordFor, writeRecord } from '../store/model-record';
import { DownloadClient, type DownloadJob } from './download-client';
import type { DownloadProgress } from './download-protocol';
import { downloadToMemory } from './download-to-memory';
import { makeRoom } from './free-space';
import type { ModelDownload } from './model-download';
import { Speed } from './speed';
import { openTabChannel, type TabChannel } from './tab-channel';

interface Job {
  readonly controller: AbortController;
  readonly done: Promise<void>;
  readonly followers: Set<(progress: DownloadProgress) => void>;
}

/** Bytes. More than this is not taken into memory just because the disk is full. */
const mostInMemory = 2e9;

export class ModelDownloads {
  /** Resolves when what is kept in this browser was looked at. */
  readonly ready: Promise<void>;
  #states = new Map<string, ModelDownload>();
  #jobs = new Map<string, Job>();
  /** Models that another tab works on. */
  readonly #watched = new Set<string>();
  #listeners = new Set<(states: readonly ModelDownload[]) => void>();
  readonly #client = new DownloadClient();
  readonly #canKeep = 'locks' in navigator && 'storage' in navigator;
  readonly #tabs: TabChannel;

  constructor() {
    this.#tabs = openTabChannel((message) => {
      if (message.type === 'changed') void this.#look(message.name);
      else this.#showElsewhere(message.download);
    });
    this.ready = this.#canKeep ? this.#lookAtAll() : Promise.resolve();
  }

  get states(): readonly ModelDownload[] {
    return [...this.#states.values()];
  }

  /** Called with everything after every change, until the returned function is called. */
  onChange(listener: (states: readonly ModelDownload[]) => void): () => void {
    this.#listeners.add(listener);
    listener(this.states);
    return () => this.#listeners.delete(listener);
  }

  /** Downloads what is missing. How it goes is told by `states`, failures too. */
  start(model: LocalModel): void {
    this.#job(model, { type: 'download', model }).done.catch(() => undefined);
  }

  /** Stops; what has arrived stays. Resolves when it has stopped. */
  async pause(model: ModelName): Promise<void> {
    const job = this.#jobs.get(modelKey(model));
    job?.controller.abort();
    await job?.done.catch(() => undefined);
  }

  /** Stops, and deletes everything of it. @throws DOMException where the browser refuses */
  async remove(model: ModelName): Promise<void> {
    await this.pause(model);
    await removeKeptModel(model);
    await this.#look(model);
    this.#tabs.tell({ type: 'changed', name: nameOf(model) });
  }

  /** Remembers a model without downloading anything, so that it is in the list. */
  async add(model: LocalModel): Promise<void> {
    await writeRecord(recordFor(model, await readRecord(model)));
    await this.#look(model);
    this.#tabs.tell({ type: 'changed', name: nameOf(model) });
  }

  /** Copies files of this device into the browser. @throws BackendError, or the signal's reason */
  async import(model: LocalModel, files: readonly OpenedFile[], signal: AbortSignal): Promise<void> {
    const job = this.#job(model, { type: 'import', model, files });
    const abort = (): void => job.controller.abort();
    signal.addEventListener('abort', abort, { once: true });
    try {
      await job.done;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }

  /**
   * The bytes for an engine: kept ones, or downloaded first where they are missing. An abort leaves the parts.
   * @throws BackendError, or the signal's reason
   */
  async open(
    model: LocalModel,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<OpenedModel> {
    if (!this.#canKeep) return downloadToMemory(model, 'the page is not secure', onProgress, signal);
    const kept = await openKeptModel(model);
    if (kept) return { files: kept };
    try {
      await this.#follow(this.#job(model, { type: 'download', model }), onProgress, signal);
    } catch (thrown) {
      const isFull = thrown instanceof BackendError && thrown.code === 'storage-full';
      if (!isFull || modelBytes(model) > mostInMemory) throw thrown;
      return downloadToMemory(model, 'there is no space left', onProgress, signal);
    }
    const files = await openKeptModel(model);
    if (files) return { files };
    throw new BackendError('load-failed', `${model.label} was removed while it was being opened.`);
  }

  /** Checks the bytes again after an engine complained; what cannot be trusted is dropped. */
  async recheck(model: LocalModel): Promise<void> {
    await this.pause(model);
    await this.#job(model, { type: 'recheck', model }).done.catch(() => undefined);
  }

  async #follow(job: Job, onProgress: (progress: LoadProgress) => void, signal: AbortSignal): Promise<void> {
    const follower = ({ phase, loaded, total }: DownloadProgress): void =>
      onProgress({ phase: phase === 'verify' ? 'verify' : 'download', loaded, total });
    const abort = (): void => job.controller.abort();
    job.followers.add(follower);
    signal.addEventListener('abort', abort, { once: true });
    try {
      await job.done;
    } catch (thrown) {
      signal.throwIfAborted();
      throw thrown;
    } finally {
      job.followers.delete(follower);
      signal.removeEventListener('abort', abort);
    }
  }

  /** The one that runs already, or a new one. */
  #job(model: LocalModel, work: DownloadJob): Job {
    const key = modelKey(model);
    const running = this.#jobs.get(key);
    if (running) return running;
    const controller = new AbortController();
    const followers: Job['followers'] = new Set();
    const speed = new Speed();
    const onProgress = (progress: DownloadProgress): void => {
      const { phase, loaded, total } = progress;
      const state = { queued: 'queued', download: 'downloading', verify: 'verifying' } as const;
      this.#tell({
        model,
        state: state[phase],
        loaded,
        total,
        ...(phase === 'download' && speed.measure(loaded, total)),
      });
      for (const follower of followers) follower(progress);
    };
    const before = this.#states.get(key)?.loaded ?? 0;
    onProgress({ phase: 'queued', loaded: before, total: modelBytes(model) });
    const done = this.#run(model, work, before, onProgress, controller.signal).finally(() => {
      this.#jobs.delete(key);
    });
    const job = { controller, done, followers };
    this.#jobs.set(key, job);
    return job;
  }

  async #run(
    model: LocalModel,
    work: DownloadJob,
    before: number,
    onProgress: (progress: DownloadProgress) => void,
    signal: AbortSignal,
  ): Promise<void> {
    let failure: BackendError | undefined;
    try {
      if (work.type !== 'recheck') await makeRoom(modelBytes(model) - before);
      await this.#client.run(work, onProgress, signal);
    } catch (thrown) {
      if (!signal.aborted) failure = BackendError.from(thrown);
      throw thrown;
    } finally {
      await this.#look(model, failure && { model, error: failure });
      this.#tabs.tell({ type: 'changed', name: nameOf(model) });
    }
  }

  async #lookAtAll(): Promise<void> {
    // A browser that refuses storage has nothing kept; a download says why when it is asked for.
    const kept = await listKeptModels().catch((): KeptModel[] => []);
    for (const one of kept) this.#set(stateOf(one));
  }

  /** Takes over what is on disk now. */
  async #look(name: ModelName, failure?: { model: LocalModel; error: BackendError }): Promise<void> {
    const kept = await findKeptModel(name).catch(() => undefined);
    if (failure) {
      const { model, error } = failure;
      const { loaded = 0 } = kept ?? {};
      return this.#set({ model, loaded, total: modelBytes(model), state: 'failed', error: error.toPlain() });
    }
    if (kept) return this.#set(stateOf(kept));
    this.#states.delete(modelKey(name));
    this.#changed();
  }

  #showElsewhere(download: ModelDownload): void {
    const key = modelKey(download.model);
    if (this.#jobs.has(key)) return;
    this.#set({ ...download, isElsewhere: true });
    if (this.#watched.has(key)) return;
    this.#watched.add(key);
    // A tab that is closed says nothing more; its lock is free then.
    void navigator.locks.request(lockName(download.model), async () => {
      this.#watched.delete(key);
      if (!this.#jobs.has(key)) await this.#look(download.model);
    });
  }

  #tell(download: ModelDownload): void {
    this.#set(download);
    this.#tabs.tell({ type: 'progress', download });
  }

  #set(download: ModelDownload): void {
    this.#states.set(modelKey(download.model), download);
    this.#changed();
  }

  #changed(): void {
    const { states } = this;
    for (const listener of this.#listeners) listener(states);
  }
}

function stateOf({ model, loaded, total, isReady }: KeptModel): ModelDownload {
  return { model, loaded, total, state: isReady ? 'ready' : 'partial' };
}

function nameOf({ engine, id }: ModelName): ModelName {
  return { engine, id };
}
