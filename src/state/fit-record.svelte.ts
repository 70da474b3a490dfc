/** What loads did on this device before, kept as a setting, so that a verdict rests on more than arithmetic. */
import type { Device } from '../core/backend';
import type { LocalEngine } from '../core/local-model';
import { type FitHistory, historyKey, withOutcome } from '../models/fit/fit-history';
import type { Settings } from './settings.svelte';

export class FitRecord {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  get values(): FitHistory {
    return this.#settings.values.fitHistory;
  }

  /** @param bytes what the load was computed to need */
  note(engine: LocalEngine, device: Device, bytes: number, outcome: 'ran' | 'out-of-memory'): void {
    this.#settings.set('fitHistory', withOutcome(this.values, historyKey(engine, device), bytes, outcome));
  }
}
