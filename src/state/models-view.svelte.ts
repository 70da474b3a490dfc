/** What the Models screen shows of the models in this page, and everything that can be done with one. */
import type { Device, LoadProgress } from '../core/backend';
import { BackendError, type PlainBackendError } from '../core/backend-error';
import type { LocalModel } from '../core/local-model';
import { catalogue } from '../models/catalogue/catalogue';
import { type DeviceFacts, readDevice } from '../models/fit/read-device';
import type { BackendStore } from './backend-store.svelte';
import type { FitRecord } from './fit-record.svelte';
import { listModelItems } from './list-model-items';
import type { BuildItem, ModelItem } from './model-item';
import type { ModelLibrary } from './model-library.svelte';
import type { Notices } from './notices.svelte';
import type { Selection } from './setting-values';

/** Tokens. Half of what an engine takes by itself, and still a short conversation. */
const shorterContext = 2048;

export class ModelsView {
  /** Absent until the device was asked. */
  device = $state.raw<DeviceFacts>();
  /** Bytes; absent until the browser was asked, and where it does not tell. */
  storage = $state.raw<{ readonly used: number; readonly quota?: number; readonly isPersistent: boolean }>();
  #errors = $state.raw<ReadonlyMap<string, PlainBackendError>>(new Map());
  #work = $state.raw<ReadonlyMap<string, AbortController>>(new Map());
  readonly #library: ModelLibrary;
  readonly #backends: BackendStore;
  readonly #history: FitRecord;
  readonly #notices: Notices;
  readonly #catalogue = catalogue;

  constructor(library: ModelLibrary, backends: BackendStore, notices: Notices) {
    this.#library = library;
    this.#backends = backends;
    this.#history = backends.history;
    this.#notices = notices;
  }

  items: readonly ModelItem[] = $derived.by(() =>
    listModelItems({
      catalogue: this.#catalogue,
      history: this.#history.values,
      near: this.#library.near,
      downloads: this.#library.downloads,
      device: this.device,
      contextLength: this.#backends.config.contextLength,
    }),
  );

  async open(): Promise<void> {
    const [device] = await Promise.all([readDevice(), this.#library.downloader(), this.measureStorage()]);
    this.device = device;
  }

  /** Asks the browser how much of its room is used, and by what. */
  async measureStorage(): Promise<void> {
    if (!('storage' in navigator)) return;
    const [{ usage = 0, quota }, isPersistent] = await Promise.all([
      navigator.storage.estimate(),
      navigator.storage.persisted(),
    ]);
    this.storage = { used: usage, quota, isPersistent };
  }

  /** Bytes of what is kept here, by what it is for. */
  storageParts = $derived.by(() => {
    const models = this.#library.downloads.reduce((sum, { loaded }) => sum + loaded, 0);
    const other = Math.max(0, (this.storage?.used ?? models) - models);
    return [
      { label: 'Models', bytes: models },
      { label: 'App, engines and conversations', bytes: other },
    ];
  });

  /** The load or look-up that runs for a build; absent while there is none. */
  workOn(key: string): AbortController | undefined {
    return this.#work.get(key);
  }

  errorOf(key: string): PlainBackendError | undefined {
    return this.#errors.get(key);
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

  remove(item: BuildItem): Promise<void> {
    return this.#run(item, async () => {
      const { model } = item;
      if (!model) return;
      await (await this.#library.downloader()).remove(model);
      await this.#backends.refreshLocal(new AbortController().signal);
      await this.measureStorage();
      this.#notices.info(`${model.label} was deleted from this browser.`);
    });
  }

  load(item: BuildItem, device?: Device): Promise<void> {
    return this.#run(item, async (signal) => {
      await this.#backends.load(selectionOf(item), { eager: true, device }, signal);
      await this.#backends.refreshLocal(signal);
    });
  }

  /** After memory ran out: the same model with half of the usual context. */
  loadSmaller(item: BuildItem): Promise<void> {
    this.#backends.changeConfig({ contextLength: shorterContext });
    return this.load(item);
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
  }

  /** Takes model files from this device into the browser. @throws BackendError */
  async addFiles(files: readonly File[], signal: AbortSignal): Promise<void> {
    const { inspectFiles } = await import('../models/sources/inspect-files');
    const inspected = await inspectFiles(files, signal);
    const downloads = await this.#library.downloader();
    await downloads.import(inspected.model, inspected.files, signal);
    await this.measureStorage();
    await this.#backends.refreshLocal(signal);
  }

  get #origins(): { mirror?: string } {
    return { mirror: this.#library.mirror };
  }

  async #lookUp({ entry, build }: BuildItem, signal: AbortSignal): Promise<LocalModel> {
    if (!entry || !build) throw new BackendError('internal', 'This model is no longer in the list.');
    const { resolveBuild } = await import('../models/sources/resolve-build');
    return resolveBuild(entry, build, this.#origins, signal);
  }

  /** One piece of work per build at a time; its failure is shown where it was asked for. */
  async #run({ key }: BuildItem, work: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    const controller = new AbortController();
    this.#work = new Map(this.#work).set(key, controller);
    this.#errors = without(this.#errors, key);
    try {
      await work(controller.signal);
    } catch (thrown) {
      if (!controller.signal.aborted) {
        this.#errors = new Map(this.#errors).set(key, BackendError.from(thrown).toPlain());
      }
    } finally {
      this.#work = without(this.#work, key);
    }
  }
}

function selectionOf({ engine, modelId }: BuildItem): Selection {
  return { backendId: engine, modelId };
}

function without<Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> {
  return new Map([...map].filter(([other]) => other !== key));
}
