/** What the Models screen shows of the models in this page, and everything that can be done with one. */
import { answers } from '../core/answers';
import type { Device, LoadProgress } from '../core/backend';
import { BackendError, type PlainBackendError } from '../core/backend-error';
import { isEmbeddingModel, isLocalEngine, type LocalModel } from '../core/local-model';
import { catalogue } from '../models/catalogue/catalogue';
import { type DeviceFacts, readDevice } from '../models/fit/read-device';
import type { BackendStore } from './backend-store.svelte';
import { listModelItems } from './list-model-items';
import { type BuildItem, isBegun, type ModelItem } from './model-item';
import type { ModelLibrary } from './model-library.svelte';
import { modelsHere } from './models-here';
import type { Notices } from './notices.svelte';
import type { Selection } from './setting-values';
import { type SmallerStep, smallerSteps } from './smaller-steps';
import { StorageUse } from './storage-use.svelte';

export class ModelsView {
  /** Absent until the device was asked. */
  device = $state.raw<DeviceFacts>();
  readonly storage: StorageUse;
  /** By build. */
  #errors = $state.raw<Readonly<Record<string, PlainBackendError>>>({});
  #work = $state.raw<Readonly<Record<string, AbortController>>>({});
  readonly #library: ModelLibrary;
  readonly #backends: BackendStore;
  readonly #notices: Notices;

  constructor(library: ModelLibrary, backends: BackendStore, notices: Notices) {
    this.#library = library;
    this.#backends = backends;
    this.#notices = notices;
    this.storage = new StorageUse(library);
  }

  items: readonly ModelItem[] = $derived.by(() =>
    listModelItems({
      catalogue,
      history: this.#backends.history.values,
      near: this.#library.near,
      downloads: this.#library.downloads,
      device: this.device,
      contextLength: this.#backends.config.contextLength,
    }),
  );

  /** Nothing is on its way, so that what is kept can be measured. */
  isSettled: boolean = $derived.by(() =>
    this.#library.downloads.every(
      ({ state }) => state !== 'downloading' && state !== 'queued' && state !== 'verifying',
    ),
  );

  async open(): Promise<void> {
    const [device] = await Promise.all([readDevice(), this.#library.downloader()]);
    this.device = device;
  }

  /** The load or look-up that runs for a build; absent while there is none. */
  workOn(key: string): AbortController | undefined {
    return this.#work[key];
  }

  errorOf(key: string): PlainBackendError | undefined {
    return this.#errors[key];
  }

  /** What may help where memory was not enough for it; empty where it was not the trouble. */
  smallerSteps(item: BuildItem): readonly SmallerStep[] {
    const error = this.errorOf(item.key);
    const choice = selectionOf(item);
    const runsOn = this.#backends.placeOf(choice);
    return smallerSteps(
      { ...choice, ...(error && { error }), ...(runsOn && { runsOn }) },
      this.#backends.config,
      modelsHere(this.#backends.entries),
    );
  }

  progressOf({ modelId }: BuildItem): LoadProgress | undefined {
    const progress = this.#backends.loadProgress;
    return progress?.modelId === modelId ? progress : undefined;
  }

  isLoaded({ engine, modelId }: BuildItem): boolean {
    const models = this.#backends.entry(engine)?.models ?? [];
    return models.some(({ id, isLoaded }) => id === modelId && isLoaded);
  }

  isActive({ engine, modelId }: BuildItem): boolean {
    const { active } = this.#backends;
    return active?.backendId === engine && active.modelId === modelId;
  }

  /**
   * The names of models that make room when this one is loaded: each engine has one that answers and one that embeds,
   * and the graphics card has one.
   */
  replacedBy({ engine, modelId, fit, model: wanted }: BuildItem): readonly string[] {
    const isToAnswer = !wanted || !isEmbeddingModel(wanted);
    return this.#backends.entries
      .filter(({ connection }) => isLocalEngine(connection.kind))
      .flatMap(({ connection, models }) =>
        models
          .filter(({ id, isLoaded }) => isLoaded && !(connection.id === engine && id === modelId))
          .filter((loaded) => {
            const { id } = loaded;
            const place = this.#backends.placeOf({ backendId: connection.id, modelId: id });
            const hasSamePlace = connection.id === engine && answers(loaded) === isToAnswer;
            return hasSamePlace || (fit.device === 'gpu' && place === 'this-gpu');
          })
          .map(({ id, label = id }) => label),
      );
  }

  /** Starts a download or goes on with one. What it is exactly is looked up first where it is not known yet. */
  download(item: BuildItem): Promise<void> {
    return this.#run(item, async (signal) => {
      const model = item.model ?? (await this.#lookUp(item, signal));
      const downloads = await this.#library.downloader();
      downloads.start(model);
    });
  }

  pause({ model }: BuildItem): void {
    if (model) void this.#library.downloader().then((downloads) => downloads.pause(model));
  }

  /** Deletes one build; builds that were only looked up leave the list together with it. */
  remove(item: BuildItem, { builds, label }: ModelItem): Promise<void> {
    return this.#run(item, async () => {
      const downloads = await this.#library.downloader();
      const lookedUp = builds.filter(({ download }) => download && !isBegun(download));
      for (const { model } of isBegun(item.download) ? [item] : lookedUp) {
        if (model) await downloads.remove(model);
      }
      await this.#backends.refreshLocal(new AbortController().signal);
      await this.storage.measure();
      if (isBegun(item.download)) this.#notices.info(`${label} was deleted from this browser.`);
    });
  }

  /** Compares what is kept with the published hashes and fetches anew what is not as it was published. */
  repair(item: BuildItem): Promise<void> {
    return this.#run(item, async (signal) => {
      const { model } = item;
      if (!model) return;
      await this.#library.recheck(model);
      if (this.#library.isReady(model)) return this.#notices.info(`${model.label} is intact.`);
      (await this.#library.downloader()).start(model);
      await this.#backends.refreshLocal(signal);
    });
  }

  load(item: BuildItem): Promise<void> {
    // Where the graphics card ran out of memory before, the engine would take it again by itself.
    const device = item.fit.device === 'cpu' ? 'cpu' : undefined;
    return this.#run(item, (signal) => this.#load(selectionOf(item), device, signal));
  }

  /** After memory ran out. A changed setting stays, so that the next message works too. */
  loadSmaller(item: BuildItem, { params, device, selection }: SmallerStep): Promise<void> {
    if (params) this.#backends.changeConfig(params);
    return this.#run(item, (signal) => this.#load(selection ?? selectionOf(item), device, signal));
  }

  unload(item: BuildItem): Promise<void> {
    return this.#run(item, (signal) => this.#backends.unload(selectionOf(item), signal));
  }

  /** Makes it the model that answers next, and opens the chat. */
  use(item: BuildItem): Promise<void> {
    return this.#run(item, async (signal) => {
      await this.#backends.select(selectionOf(item), signal);
      location.hash = '#/chat';
    });
  }

  /** Adds what a name stands for; nothing is downloaded yet. @throws BackendError */
  async addByName(name: string, signal: AbortSignal): Promise<void> {
    const { inspectRepository } = await import('../models/sources/inspect-repository');
    const models = await inspectRepository(name, this.#origins, signal);
    const downloads = await this.#library.downloader();
    for (const model of models) await downloads.add(model);
    const [first] = models;
    if (first) this.#notices.info(`${first.label} is in the list now. Nothing was downloaded yet.`);
  }

  /** Takes model files from this device into the browser. @throws BackendError */
  async addFiles(files: readonly File[], signal: AbortSignal): Promise<void> {
    const { inspectFiles } = await import('../models/sources/inspect-files');
    const inspected = await inspectFiles(files, signal);
    const downloads = await this.#library.downloader();
    await downloads.import(inspected.model, inspected.files, signal);
    await this.#backends.refreshLocal(signal);
    this.#notices.info(`${inspected.model.label} is in this browser now.`);
  }

  get #origins(): { mirror?: string } {
    return { mirror: this.#library.mirror };
  }

  async #load(choice: Selection, device: Device | undefined, signal: AbortSignal): Promise<void> {
    await this.#backends.load(choice, { eager: true, device }, signal);
    await this.#backends.refreshLocal(signal);
  }

  async #lookUp({ entry, build }: BuildItem, signal: AbortSignal): Promise<LocalModel> {
    if (!entry || !build) throw new BackendError('internal', 'This model is no longer in the list.');
    const { resolveBuild } = await import('../models/sources/resolve-build');
    return resolveBuild(entry, build, this.#origins, signal);
  }

  /** One piece of work per build at a time; its failure is shown where it was asked for. */
  async #run({ key }: BuildItem, work: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    const controller = new AbortController();
    this.#work = { ...this.#work, [key]: controller };
    this.#errors = without(this.#errors, key);
    try {
      await work(controller.signal);
    } catch (thrown) {
      if (!controller.signal.aborted) {
        this.#errors = { ...this.#errors, [key]: BackendError.from(thrown).toPlain() };
      }
    } finally {
      this.#work = without(this.#work, key);
    }
  }
}

function selectionOf({ engine, modelId }: BuildItem): Selection {
  return { backendId: engine, modelId };
}

function without<Value>(record: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== key));
}
