/** What bears on a lane's answers, gathered from all over the page. */
import type { LaneFacts } from '../../compare/fairness/lane-facts';
import { quantizationIn } from '../../compare/fairness/quantization-in';
import { paramTableFor } from '../../core/param-table-for';
import type { BackendStore } from '../backend-store.svelte';
import { likelyWindow } from '../likely-window';
import { isPlainModel } from '../is-plain-model';
import type { Settings } from '../settings.svelte';
import type { Lane } from './lane.svelte';
import type { ParamTables } from './param-tables';

export interface FactSources {
  readonly backends: BackendStore;
  readonly settings: Settings;
  /** By backend id, as far as their code is loaded. */
  readonly tables: ParamTables;
  /** Collections by id, as far as they are read. */
  readonly collectionNames: ReadonlyMap<string, string>;
}

export function laneFactsOf(lane: Lane, sources: FactSources): LaneFacts {
  const { backends, settings, tables, collectionNames } = sources;
  const { choice, entry, settings: set, documents } = lane;
  const model = entry?.models.find(({ id }) => id === choice.modelId);
  const isPlain = isPlainModel(settings, choice);
  const known = tables.get(choice.backendId);
  const { quantization, templateDigest } = backends.facts.weights(choice);
  return {
    ...choice,
    kind: entry?.connection.kind,
    version: entry?.version,
    table: known && paramTableFor(known, isPlain),
    params: set.params,
    suggested: model?.suggestedParams ?? {},
    systemPrompt: set.systemPrompt,
    collections: documents.collectionIds.map((id) => collectionNames.get(id) ?? id),
    retrieval: documents.settings,
    contextLength: likelyWindow(choice, lane.session.branch, backends),
    quantization: quantization ?? quantizationIn(choice.modelId),
    templateDigest,
    isPlain,
  };
}
