/** What is known of each model and from whom; what a probe or a person said is kept in the settings. */
import { SvelteMap } from 'svelte/reactivity';
import type { Backend, Capability, ModelInfo } from '../core/backend';
import type { AnswerMessage } from '../core/conversation';
import { type ModelFact, resolveFact } from '../core/model-fact';
import type { BackendEntry } from './backend-entry';
import { modelKey } from './model-key';
import type { KeptFacts, Selection } from './setting-values';
import type { Settings } from './settings.svelte';

export const probedCapabilities = [
  'vision',
  'tools',
  'thinking',
  'json',
  'logprobs',
  'embedding',
] as const satisfies readonly Capability[];

export interface ModelFactsHost {
  entry(id: string): BackendEntry | undefined;
  backend(id: string): Promise<Backend>;
}

export class ModelFacts {
  readonly #settings: Settings;
  readonly #host: ModelFactsHost;
  /** What servers told beyond their list of models, in this page's life. */
  readonly #told = new SvelteMap<string, ModelInfo>();

  constructor(settings: Settings, host: ModelFactsHost) {
    this.#settings = settings;
    this.#host = host;
  }

  capability(choice: Selection, name: Capability): ModelFact<boolean> {
    const { set, probed } = this.#kept(choice);
    const outcome = probed[name]?.outcome;
    return resolveFact({
      person: set[name],
      probe: outcome === undefined || outcome === 'undecided' ? undefined : outcome === 'yes',
      declared: this.#declared(choice, (model) => model.capabilities?.[name]),
    });
  }

  /** Tokens. */
  contextLength(choice: Selection): ModelFact<number> {
    const { contextLength, probedContextLength } = this.#kept(choice);
    return resolveFact({
      person: contextLength,
      probe: probedContextLength,
      declared: this.#declared(choice, (model) => model.contextLength),
    });
  }

  /**
   * The window in force for an answer, in tokens: what its server told with it, else a person's word. What a list
   * declares is left out: it may be the most that the model could take.
   */
  windowOf({ backendId, modelId, contextLength }: AnswerMessage): number | undefined {
    return contextLength ?? this.#kept({ backendId, modelId }).contextLength;
  }

  /** What names the weights and the template, as far as the server tells. */
  weights(choice: Selection): Pick<ModelInfo, 'digest' | 'source' | 'quantization' | 'templateDigest'> {
    return {
      digest: this.#declared(choice, (model) => model.digest),
      source: this.#declared(choice, (model) => model.source),
      quantization: this.#declared(choice, (model) => model.quantization),
      templateDigest: this.#declared(choice, (model) => model.templateDigest),
    };
  }

  /** How it can be asked to think; undefined where nobody tells. */
  thinkingControl(choice: Selection): ModelInfo['thinkingControl'] {
    return this.#declared(choice, (model) => model.thinkingControl);
  }

  /** What the last probe saw; absent where there was none at this address and version. */
  seen(choice: Selection, name: Capability): string | undefined {
    return this.#kept(choice).probed[name]?.seen;
  }

  /** @param value undefined takes the person's word back */
  setCapability(choice: Selection, name: Capability, value: boolean | undefined): void {
    const kept = this.#kept(choice);
    const others = Object.entries(kept.set).filter(([other]) => other !== name);
    this.#keep(choice, {
      ...kept,
      set: Object.fromEntries(value === undefined ? others : [...others, [name, value]]),
    });
  }

  setContextLength(choice: Selection, value: number | undefined): void {
    this.#keep(choice, { ...this.#kept(choice), contextLength: value });
  }

  /** Asks the server for all that it declares of this model. Quiet: what cannot be told stays unknown. */
  async inspect(choice: Selection, signal: AbortSignal): Promise<void> {
    try {
      const backend = await this.#host.backend(choice.backendId);
      const told = await backend.inspect?.(choice.modelId, signal);
      if (told) this.#told.set(modelKey(choice), told);
    } catch {
      // A server that is down shows its error in its own place.
    }
  }

  /** One small request for each capability, one after the other; loads the model. @throws when aborted */
  async probe(choice: Selection, onProgress: (now: Capability) => void, signal: AbortSignal): Promise<void> {
    const backend = await this.#host.backend(choice.backendId);
    // Asked for by few.
    const { probeCapability } = await import('../core/probe-capability');
    for (const name of probedCapabilities) {
      onProgress(name);
      const result = await probeCapability(backend, choice.modelId, name, signal);
      const { outcome, seen, contextLength } = result;
      const kept = this.#kept(choice);
      this.#keep(choice, {
        ...kept,
        probed: { ...kept.probed, [name]: { outcome, seen } },
        probedContextLength: contextLength ?? kept.probedContextLength,
      });
    }
    await this.inspect(choice, signal);
  }

  #declared<Value>(choice: Selection, read: (model: ModelInfo) => Value | undefined): Value | undefined {
    const told = this.#told.get(modelKey(choice));
    const listed = this.#host.entry(choice.backendId)?.models.find(({ id }) => id === choice.modelId);
    return (told && read(told)) ?? (listed && read(listed));
  }

  /** What was probed at another address or version says nothing of this one; what a person said stays. */
  #kept(choice: Selection): KeptFacts {
    const kept = this.#settings.values.modelFacts[modelKey(choice)] ?? { set: {}, probed: {} };
    const entry = this.#host.entry(choice.backendId);
    const isSame =
      (entry?.url === undefined || kept.address === entry.url) &&
      (entry?.version === undefined || kept.version === entry.version);
    return isSame ? kept : { ...kept, probed: {}, probedContextLength: undefined };
  }

  #keep(choice: Selection, facts: KeptFacts): void {
    const entry = this.#host.entry(choice.backendId);
    const from = { address: entry?.url, version: entry?.version };
    const all = this.#settings.values.modelFacts;
    this.#settings.set('modelFacts', { ...all, [modelKey(choice)]: { ...facts, ...from } });
  }
}
