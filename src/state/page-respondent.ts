/** The model and the settings that the whole page goes by: those of every conversation outside a comparison. */
import type { SystemPrompt } from '../core/conversation';
import type { Params } from '../core/params';
import type { BackendStore } from './backend-store.svelte';
import type { Respondent } from './respondent';
import type { Selection } from './setting-values';
import type { Settings } from './settings.svelte';
import { systemPromptInForce } from './system-prompt';

export class PageRespondent implements Respondent {
  readonly #backends: BackendStore;
  readonly #settings: Settings;

  constructor(backends: BackendStore, settings: Settings) {
    this.#backends = backends;
    this.#settings = settings;
  }

  get choice(): Selection | null {
    return this.#backends.active;
  }

  get params(): Params {
    return this.#backends.config;
  }

  get systemPrompt(): SystemPrompt | undefined {
    return systemPromptInForce(this.#settings.values);
  }

  changeParams(change: Params): void {
    this.#backends.changeConfig(change);
  }

  select(choice: Selection, signal: AbortSignal): Promise<void> {
    return this.#backends.select(choice, signal);
  }
}
