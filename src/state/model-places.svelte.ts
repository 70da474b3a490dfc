/** Where the models of this page run: asked for by the person, told by the engine, or expected before a load. */
import { SvelteMap } from 'svelte/reactivity';
import type { Device, RunsOn } from '../core/backend';
import type { LocalModel } from '../core/local-model';
import type { FitRecord } from './fit-record.svelte';
import { modelKey } from './model-key';
import type { Selection } from './setting-values';

export class ModelPlaces {
  readonly #history: FitRecord;
  readonly #wanted = new SvelteMap<string, Device>();
  readonly #known = new SvelteMap<string, RunsOn>();

  constructor(history: FitRecord) {
    this.#history = history;
  }

  /** From the next load on. */
  prefer(choice: Selection, device: Device): void {
    this.#wanted.set(modelKey(choice), device);
  }

  /** Absent where the engine is to choose. */
  wanted(choice: Selection): Device | undefined {
    return this.#wanted.get(modelKey(choice));
  }

  note(choice: Selection, runsOn: RunsOn): void {
    this.#known.set(modelKey(choice), runsOn);
  }

  /** Where a model runs, ran, or ran out of memory last; absent for one that was not loaded. */
  known(choice: Selection): RunsOn | undefined {
    return this.#known.get(modelKey(choice));
  }

  /** The same, or where it is to run as far as that can be told before a load. */
  async expected(choice: Selection, model: LocalModel, contextLength?: number): Promise<RunsOn> {
    const known = this.known(choice);
    if (known) return known;
    const device = this.wanted(choice) ?? (await this.#history.expectedPlace(model, contextLength));
    return device === 'gpu' ? 'this-gpu' : 'this-cpu';
  }
}
