/** Settings under which lanes are asked in the same way, as far as that can be had. */
import type { LaneSettings } from '../../core/comparison';
import { mapParams } from '../../core/map-params';
import type { ParamName, Params } from '../../core/params';
import { usualRetrieval } from '../../core/retrieval';
import { type FairnessRow, fairnessRows } from './fairness-rows';
import type { LaneFacts } from './lane-facts';

/**
 * Values for what is left to each backend. Each switches its sampler off, so that the model's own distribution is drawn
 * from; a temperature, a seed and a length cannot be switched off, and have usual values.
 */
const neutral = {
  temperature: 0.7,
  topP: 1,
  topK: 0,
  minP: 0,
  typicalP: 1,
  repeatPenalty: 1,
  frequencyPenalty: 0,
  presencePenalty: 0,
  seed: 1,
  maxTokens: 1024,
} as const satisfies Params;

export interface EqualSettings {
  /** For all lanes; none has settings of its own any more. */
  readonly common: LaneSettings;
  /** What still differs, or may. */
  readonly rest: readonly FairnessRow[];
}

/** What the common settings say stays; what they leave open and every lane takes is given a value. */
export function makeEqual(lanes: readonly LaneFacts[], common: LaneSettings): EqualSettings {
  const names = Object.keys(neutral) as (keyof typeof neutral)[];
  const wanted = names.map((name) => [name, common.params[name] ?? neutral[name]] as const);
  const windows = windowsOf(lanes);
  const narrowest = windows.length > 0 ? [['contextLength', Math.min(...windows)] as const] : [];
  const taken = [...wanted, ...narrowest]
    .map(([name, value]) => [name, takenByAll(lanes, name, value)] as const)
    .filter(([, value]) => value !== undefined);
  const params: Params = { ...common.params, ...Object.fromEntries(taken) };
  // Whatever documents the common settings name: all lanes then answer from the same.
  const documents = { collections: [], retrieval: common.retrieval ?? usualRetrieval };
  const equal = lanes.map((lane) => ({ ...lane, ...documents, params, systemPrompt: common.systemPrompt }));
  const rest = fairnessRows(equal).filter(({ verdict }) => verdict !== 'same');
  return { common: { ...common, params }, rest };
}

function windowsOf(lanes: readonly LaneFacts[]): number[] {
  return lanes.flatMap(({ params, contextLength }) => params.contextLength ?? contextLength ?? []);
}

/** The value, moved into the range of each lane; undefined where one of them does not take the setting. */
function takenByAll(lanes: readonly LaneFacts[], name: ParamName, wanted: number): number | undefined {
  let value = wanted;
  for (const { table } of lanes) {
    const [effect] = table ? mapParams({ [name]: value }, table).effects : [];
    if (!effect || effect.outcome === 'ignored') return undefined;
    if (typeof effect.adjusted === 'number') value = effect.adjusted;
  }
  return value;
}
