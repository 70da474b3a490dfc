/** What loads did on this device before, kept as a setting, so that a verdict rests on more than arithmetic. */
import type { Device } from '../core/backend';
import type { LocalModel } from '../core/local-model';
import { type FitHistory, type FitOutcome, historyKey, withOutcome } from '../models/fit/fit-history';
import { fitQuestion } from '../models/fit/fit-question';
import { memoryNeed } from '../models/fit/memory-need';
import { placeOf } from '../models/fit/place-of';
import { readDevice } from '../models/fit/read-device';
import type { Settings } from './settings.svelte';

export class FitRecord {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  get values(): FitHistory {
    return this.#settings.values.fitHistory;
  }

  /** @param contextLength tokens that were asked for; absent for the usual */
  noteRun(model: LocalModel, contextLength: number | undefined, device: Device): void {
    this.#note(model, contextLength, device, 'ran');
  }

  /**
   * @param device absent where nobody asked for one: then it was the place that the engine takes by itself
   * @returns where it was
   */
  async noteOutOfMemory(
    model: LocalModel,
    contextLength: number | undefined,
    device: Device | undefined,
  ): Promise<Device> {
    const place = device ?? (await this.expectedPlace(model, contextLength));
    this.#note(model, contextLength, place, 'out-of-memory');
    return place;
  }

  /** The place that the engine takes by itself. */
  async expectedPlace(model: LocalModel, contextLength: number | undefined): Promise<Device> {
    return placeOf(fitQuestion(model, contextLength), (await readDevice()).gpu);
  }

  #note(model: LocalModel, contextLength: number | undefined, device: Device, outcome: FitOutcome): void {
    const { totalBytes } = memoryNeed(fitQuestion(model, contextLength), device);
    const key = historyKey(model.engine, device);
    this.#settings.set('fitHistory', withOutcome(this.values, key, totalBytes, outcome));
  }
}
