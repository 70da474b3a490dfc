/** What bears on a lane's answers, gathered from all over the page. */
import type { LaneFacts } from '../../compare/fairness/lane-facts';
import { quantizationIn } from '../../compare/fairness/quantization-in';
import { isLocalEngine, usualContextLength } from '../../core/local-model';
import type { ParamTable } from '../../core/params';
import type { BackendStore } from '../backend-store.svelte';
import { modelKey } from '../model-key';
import type { Settings } from '../settings.svelte';
import type { Lane } from './lane.svelte';

export interface FactSources {
  readonly backends: BackendStore;
  readonly settings: Settings;
  /** By backend id, as far as their code is loaded. */
  readonly tables: ReadonlyMap<string, ParamTable>;
}

export function laneFactsOf(lane: Lane, sources: FactSources): LaneFacts {
  const { backends, settings, tables } = sources;
  const { choice, entry, settings: set } = lane;
  const model = entry?.models.find(({ id }) => id === choice.modelId);
  const { quantization, templateDigest } = backends.facts.weights(choice);
  return {
    ...choice,
    kind: entry?.connection.kind,
    version: entry?.version,
    table: tables.get(choice.backendId),
    params: set.params,
    suggested: model?.suggestedParams ?? {},
    systemPrompt: set.systemPrompt,
    contextLength: windowOf(lane, backends),
    quantization: quantization ?? quantizationIn(choice.modelId),
    templateDigest,
    isPlain: settings.values.plainModels.includes(modelKey(choice)),
  };
}

/** In force where nothing is set. What a list declares of a model that is not loaded is only what it could take. */
function windowOf({ choice, entry, session }: Lane, backends: BackendStore): number | undefined {
  const last = session.branch.findLast(
    (message) =>
      message.role === 'assistant' &&
      message.backendId === choice.backendId &&
      message.modelId === choice.modelId &&
      message.contextLength !== undefined,
  );
  if (last?.role === 'assistant') return last.contextLength;
  const kind = entry?.connection.kind;
  const model = entry?.models.find(({ id }) => id === choice.modelId);
  const { value, source } = backends.facts.contextLength(choice);
  if (source !== 'declared') return value;
  if (kind === 'ollama' && !model?.isLoaded) return undefined;
  return kind && isLocalEngine(kind) ? Math.min(usualContextLength, value ?? usualContextLength) : value;
}
