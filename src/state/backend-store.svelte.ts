/**
 * The page's backend store: which backends exist, which answer, which model is active, loading it,
 * its one status, and the generation config.
 */
import type { RelayConfig, UpstreamStatus } from '../../relay/contract';
import type { Backend, Device, LoadedModel, LoadProgress, RunsOn } from '../core/backend';
import { isLocalEngine, type LocalModel } from '../core/local-model';
import { BackendError } from '../core/backend-error';
import { isLocal } from '../core/connection';
import type { Params } from '../core/params';
import { backendFactory } from '../backends/registry';
import { fetchRelayConfig, fetchRelayStatus } from '../backends/relay-api';
import { type BackendEntry, entryOf, stateOf } from './backend-entry';
import type { BackendStatus } from './backend-status';
import { chooseModel } from './choose-model';
import { builtInAvailability } from '../platform/built-in-model';
import { connectionsOf } from './connections';
import { FitRecord } from './fit-record.svelte';
import { LiveBackends } from './live-backends';
import { type LoadOptions, paramsOfLoad } from './load-options';
import { ModelPlaces } from './model-places.svelte';
import { ModelFacts } from './model-facts.svelte';
import { ServerModels } from './server-models.svelte';
import type { Selection } from './setting-values';
import type { ModelLibrary } from './model-library.svelte';
import type { Settings } from './settings.svelte';
import { SharedRound } from './shared-round';

export class BackendStore {
  entries = $state.raw<readonly BackendEntry[]>([]);
  relayError = $state.raw<BackendError>();
  isChecking = $state.raw(false);
  loadProgress = $state.raw<LoadProgress & { readonly modelId: string }>();
  loadError = $state.raw<BackendError>();

  readonly #settings: Settings;
  /** What loads did on this device before. */
  readonly history: FitRecord;
  readonly facts: ModelFacts;
  readonly #places: ModelPlaces;
  readonly serverModels = new ServerModels(this);
  readonly #origin: string;
  readonly #library: ModelLibrary;
  readonly #backends: LiveBackends;
  #hasBuiltInModel = false;
  #config = $state.raw<RelayConfig>();
  #statuses: readonly UpstreamStatus[] = [];
  readonly #round = new SharedRound((signal) => this.#check(signal));

  constructor(settings: Settings, library: ModelLibrary, origin: string) {
    this.#settings = settings;
    this.#library = library;
    this.history = new FitRecord(settings);
    this.#places = new ModelPlaces(this.history);
    this.facts = new ModelFacts(settings, this);
    this.#origin = origin;
    this.#backends = new LiveBackends(backendFactory(library));
  }

  /** The relay wants a token that this browser has not given yet. */
  needsToken = $derived(this.relayError?.code === 'unauthorized');

  /** The name of the token that opened the relay; absent where it asks for none, or is not open. */
  signedInAs = $derived(this.relayError ? undefined : this.#config?.signedInAs);

  /** The model that answers next; null while there is none. */
  active = $derived.by(() => chooseModel(this.entries, this.#settings.values.selection, this.#config));

  relayAllowsModelChanges = $derived(this.#config?.allowsModelChanges === true);
  activeEntry = $derived(this.entries.find(({ connection }) => connection.id === this.active?.backendId));

  status: BackendStatus = $derived.by(() => {
    const entry = this.activeEntry;
    const error = this.loadError ?? entry?.error;
    return {
      backend_type: entry?.connection.kind ?? 'none',
      backend_url: entry?.url ?? null,
      active_model: this.active?.modelId ?? null,
      state: this.loadProgress ? 'loading' : (entry?.state ?? (this.isChecking ? 'checking' : 'no-model')),
      ...(error ? { error: error.toPlain() } : {}),
    };
  });

  /** Addresses that search for a collection of documents, through the relay. */
  relaySearches = $derived(this.#config?.searches ?? []);
  /** Vector databases that a collection may use, through the relay. */
  relayDatabases = $derived(this.#config?.databases ?? []);

  /** The generation config. Takes effect with the next answer; only a knob that must reload does. */
  get config(): Params {
    return this.#settings.values.params;
  }

  changeConfig(change: Params): void {
    this.#settings.set('params', { ...this.config, ...change });
  }

  /** Asks the relay and every direct server once; calls that overlap share one round, unless something changed. */
  refresh(signal: AbortSignal): Promise<void> {
    return this.#round.run(signal);
  }

  /**
   * Makes a model the active one after checking that its server answers and has it.
   * @throws BackendError `unreachable`, `model-not-found`, …; the earlier choice then stays
   */
  async select(choice: Selection, signal: AbortSignal): Promise<void> {
    const backend = await this.backend(choice.backendId);
    const available = await backend.probe(signal);
    if (available.state === 'unavailable') throw available.error;
    const models = await backend.listModels(signal);
    if (!models.some(({ id }) => id === choice.modelId)) {
      throw new BackendError(
        'model-not-found',
        `${backend.label} no longer has the model ${choice.modelId}.`,
        {
          hint: 'Choose another model from the list.',
        },
      );
    }
    this.#update(choice.backendId, { state: 'ready', models, error: undefined });
    this.loadError = undefined;
    this.#settings.set('selection', choice);
  }

  /** Loads the model where loading means something; progress is in `loadProgress`. @throws BackendError */
  async load(choice: Selection, options: LoadOptions, signal: AbortSignal): Promise<LoadedModel> {
    const backend = await this.backend(choice.backendId);
    if (options.device) this.preferDevice(choice, options.device);
    const device = this.#places.wanted(choice);
    const local = this.#localModel(choice);
    const params = paramsOfLoad(this.config, options);
    this.loadError = undefined;
    try {
      const loaded = await backend.load(
        {
          modelId: choice.modelId,
          params,
          eager: options.eager,
          device,
        },
        (progress) => {
          this.loadProgress = { ...progress, modelId: choice.modelId };
          options.onProgress?.(progress);
        },
        signal,
      );
      this.#places.note(choice, loaded.runsOn);
      if (this.loadProgress && local) {
        this.history.noteRun(local, params.contextLength, deviceOf(loaded.runsOn));
      }
      return loaded;
    } catch (thrown) {
      const error = BackendError.from(thrown);
      if (!signal.aborted) this.loadError = error;
      if (error.code === 'out-of-memory' && local) {
        const place = await this.history.noteOutOfMemory(local, params.contextLength, device);
        this.#places.note(choice, place === 'gpu' ? 'this-gpu' : 'this-cpu');
      }
      throw error;
    } finally {
      // One load may have put another model off the graphics card.
      if (this.loadProgress) void this.refreshLocal(new AbortController().signal);
      this.loadProgress = undefined;
    }
  }

  /** Where a model of this page is to run from its next load on. */
  preferDevice(choice: Selection, device: Device): void {
    this.#places.prefer(choice, device);
  }

  /** Where a model of this page runs, ran, or ran out of memory last; absent for one that was not loaded. */
  placeOf(choice: Selection): RunsOn | undefined {
    return this.#places.known(choice);
  }

  /** The same, or where it is to run as far as that can be told before; absent for what is not of this page. */
  async expectedPlace(choice: Selection): Promise<RunsOn | undefined> {
    const local = this.#localModel(choice);
    return local && this.#places.expected(choice, local, this.config.contextLength);
  }

  /** For an answer that ran out of memory after a load that went well. */
  async noteOutOfMemory(
    choice: Selection,
    { contextLength }: Params,
    runsOn: RunsOn | undefined,
  ): Promise<void> {
    const local = this.#localModel(choice);
    if (!local) return;
    await this.history.noteOutOfMemory(local, contextLength, runsOn && deviceOf(runsOn));
  }

  /** @throws BackendError */
  async unload(choice: Selection, signal: AbortSignal): Promise<void> {
    const backend = await this.backend(choice.backendId);
    await backend.unload?.(choice.modelId, signal);
    await this.refreshLocal(signal);
  }

  /** Asks the engines in this page what they have now; no server hears of it. */
  async refreshLocal(signal: AbortSignal): Promise<void> {
    const local = this.entries.filter(({ connection }) => isLocal(connection));
    await Promise.all(local.map(({ connection }) => this.#probe(connection.id, signal)));
  }

  /** @throws BackendError when no backend has this id any more */
  async backend(id: string): Promise<Backend> {
    const entry = this.entry(id);
    if (!entry) {
      throw new BackendError('bad-request', 'This backend is no longer set up.', {
        hint: 'Choose another model, or add the server again in Settings.',
      });
    }
    return this.#backends.get(entry.connection);
  }

  entry(id: string): BackendEntry | undefined {
    return this.entries.find(({ connection }) => connection.id === id);
  }

  /** Takes changed connections over at once; states follow with the next `refresh`. */
  reconnect(): void {
    this.#round.outdate();
    this.#connect();
  }

  #connect(): void {
    const connections = connectionsOf({
      origin: this.#origin,
      config: this.#config,
      hasBuiltInModel: this.#hasBuiltInModel,
      statuses: this.#statuses,
      settings: this.#settings.values,
      keys: this.#settings.keys,
    });
    this.entries = connections.map((connection) =>
      entryOf(connection, {
        known: this.entry(connection.id),
        status: this.#statuses.find(({ id }) => id === connection.id),
        relayError: this.relayError,
      }),
    );
  }

  #localModel({ backendId, modelId }: Selection): LocalModel | undefined {
    if (!isLocalEngine(backendId)) return undefined;
    return this.#library.models(backendId).find(({ id }) => id === modelId);
  }

  async #check(signal: AbortSignal): Promise<void> {
    this.isChecking = true;
    try {
      this.#config = await fetchRelayConfig(signal);
      this.#library.offer(this.#config);
      this.#connect();
      this.#statuses = (await fetchRelayStatus(signal)).upstreams;
      this.relayError = undefined;
    } catch (thrown) {
      this.relayError = BackendError.from(thrown);
    }
    const [builtIn] = await Promise.all([builtInAvailability(), this.#library.look().catch(() => undefined)]);
    this.#hasBuiltInModel = builtIn !== 'unavailable';
    this.#connect();
    const own = this.entries.filter(({ connection }) => isLocal(connection) || connection.via === 'direct');
    await Promise.all(own.map(({ connection }) => this.#probe(connection.id, signal)));
    this.isChecking = false;
  }

  async #probe(id: string, signal: AbortSignal): Promise<void> {
    const kind = this.entry(id)?.connection.kind;
    if (kind && isLocalEngine(kind) && this.#library.models(kind).length === 0) {
      // Its code is not worth fetching yet.
      return this.#update(id, { state: 'ready', models: [], error: undefined });
    }
    try {
      const backend = await this.backend(id);
      const availability = await backend.probe(signal);
      if (availability.state === 'unavailable') throw availability.error;
      const models = await backend.listModels(signal);
      const { version, latencyMs } = availability;
      this.#update(id, { state: 'ready', models, version, latencyMs, error: undefined });
    } catch (thrown) {
      const error = BackendError.from(thrown);
      this.#update(id, { state: stateOf(error), error });
    }
  }

  #update(id: string, change: Partial<BackendEntry>): void {
    this.entries = this.entries.map((entry) =>
      entry.connection.id === id ? { ...entry, ...change } : entry,
    );
  }
}

function deviceOf(runsOn: RunsOn): Device {
  return runsOn === 'this-gpu' ? 'gpu' : 'cpu';
}
