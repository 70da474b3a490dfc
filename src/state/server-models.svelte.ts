/** Puts models on servers and takes them off: one pull at a time for each, which goes on while other screens are shown. */
import { SvelteMap } from 'svelte/reactivity';
import type { Backend } from '../core/backend';
import { BackendError } from '../core/backend-error';
import { isLocal } from '../core/connection';
import { noPullProgress, type PullProgress } from '../core/pull-progress';
import type { BackendEntry } from './backend-entry';
import type { Selection } from './setting-values';

export interface ModelPull {
  readonly name: string;
  readonly state: 'running' | 'done' | 'stopped' | 'failed';
  readonly progress: PullProgress;
  readonly error?: BackendError;
}

export interface ServerModelsHost {
  readonly relayAllowsModelChanges: boolean;
  backend(id: string): Promise<Backend>;
  refresh(signal: AbortSignal): Promise<void>;
}

export class ServerModels {
  readonly #host: ServerModelsHost;
  readonly #pulls = new SvelteMap<string, ModelPull>();
  readonly #running = new SvelteMap<string, AbortController>();

  constructor(host: ServerModelsHost) {
    this.#host = host;
  }

  /** Through the relay only where it was told to let changes through. */
  mayChange({ connection }: BackendEntry): boolean {
    if (isLocal(connection)) return false;
    return connection.via === 'direct' || this.#host.relayAllowsModelChanges;
  }

  /** Deletes it from the server's disk. @throws BackendError */
  async remove({ backendId, modelId }: Selection, signal: AbortSignal): Promise<void> {
    await (await this.#host.backend(backendId)).remove?.(modelId, signal);
  }

  /** The last pull of this server. */
  pullOf(backendId: string): ModelPull | undefined {
    return this.#pulls.get(backendId);
  }

  /** Resolves at the end, however it ends: `pullOf` tells. */
  async pull(backendId: string, name: string): Promise<void> {
    if (this.#running.has(backendId)) return;
    const controller = new AbortController();
    this.#running.set(backendId, controller);
    let progress = noPullProgress;
    const show = (state: ModelPull['state'], error?: BackendError): void => {
      this.#pulls.set(backendId, { name, state, progress, ...(error && { error }) });
    };
    show('running');
    try {
      const backend = await this.#host.backend(backendId);
      const onProgress = (now: PullProgress): void => {
        progress = now;
        show('running');
      };
      await backend.pull?.(name, onProgress, controller.signal);
      show('done');
    } catch (thrown) {
      if (controller.signal.aborted) show('stopped');
      else show('failed', BackendError.from(thrown));
    } finally {
      this.#running.delete(backendId);
    }
    await this.#host.refresh(new AbortController().signal);
  }

  /** What has arrived stays on the server; the same name goes on from there. */
  stopPull(backendId: string): void {
    this.#running.get(backendId)?.abort();
  }
}
