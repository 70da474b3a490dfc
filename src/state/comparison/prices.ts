/** What each model costs, as the person said. */
import type { ModelPrice } from '../../compare/figures/model-price';
import { modelKey } from '../model-key';
import type { Selection } from '../setting-values';
import type { Settings } from '../settings.svelte';

export function priceOf(settings: Settings, choice: Selection): ModelPrice | undefined {
  return settings.values.prices[modelKey(choice)];
}

/** @param price undefined takes it back */
export function setPrice(settings: Settings, choice: Selection, price: ModelPrice | undefined): void {
  const key = modelKey(choice);
  const others = Object.entries(settings.values.prices).filter(([other]) => other !== key);
  settings.set('prices', Object.fromEntries(price ? [...others, [key, price]] : others));
}
