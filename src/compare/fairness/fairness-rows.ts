/** Where lanes stand apart in what is not their model: the same question is then not asked in the same way. */
import type { JsonValue } from '../../core/json';
import { mapParams } from '../../core/map-params';
import type { ParamName } from '../../core/params';
import type { LaneFacts } from './lane-facts';

/** Settings that bear on what is written or how fast. The context window is a topic of its own. */
const weighedParams = [
  'temperature',
  'topP',
  'topK',
  'minP',
  'typicalP',
  'repeatPenalty',
  'frequencyPenalty',
  'presencePenalty',
  'seed',
  'maxTokens',
  'thinking',
  'stop',
  'format',
  'grammar',
  'topLogprobs',
  'extra',
] as const satisfies readonly ParamName[];

export type FairnessTopic =
  | 'engine'
  | 'systemPrompt'
  | 'documents'
  | 'retrieval'
  | 'template'
  | 'contextLength'
  | 'quantization'
  | (typeof weighedParams)[number];

/**
 * `known`: the value is in force. `default`: nothing is set, or it is ignored, so that the backend's own default is in
 * force, which nobody tells.
 */
export type FairnessCell =
  | { readonly standing: 'known'; readonly value: JsonValue }
  | { readonly standing: 'default'; readonly ignored?: JsonValue }
  | { readonly standing: 'unknown' };

export interface FairnessRow {
  readonly topic: FairnessTopic;
  /** `unknown`: nothing that is known differs, and not all is known. */
  readonly verdict: 'same' | 'different' | 'unknown';
  /** One for each lane, in their order. */
  readonly cells: readonly FairnessCell[];
}

/** What is in force while nothing is set: nothing at all, with every backend. */
const nothingUnset: ReadonlySet<ParamName> = new Set(['stop', 'format', 'grammar', 'topLogprobs', 'extra']);

/** One row for each topic, in the order in which they are told. */
export function fairnessRows(lanes: readonly LaneFacts[]): FairnessRow[] {
  const told = (value: JsonValue | undefined): FairnessCell =>
    value === undefined ? { standing: 'unknown' } : { standing: 'known', value };
  const row = (topic: FairnessTopic, cellOf: (lane: LaneFacts) => FairnessCell): FairnessRow => {
    const cells = lanes.map(cellOf);
    return { topic, cells, verdict: verdictOf(cells, lanes) };
  };
  return [
    row('engine', ({ kind, version }) => told(kind && [kind, version].filter(Boolean).join(' '))),
    row('systemPrompt', ({ systemPrompt }) => told(systemPrompt.trim())),
    row('documents', ({ collections }) => told([...collections].sort())),
    // A search that does not happen has no settings that could differ.
    row('retrieval', ({ collections, retrieval }) => told(collections.length > 0 ? { ...retrieval } : null)),
    row('template', ({ isPlain, templateDigest }) => told(isPlain ? 'plain' : templateDigest)),
    row('contextLength', (lane) => {
      const set = paramCell('contextLength', lane);
      return set.standing === 'known' ? set : told(lane.contextLength);
    }),
    row('quantization', ({ quantization }) => told(quantization?.toUpperCase())),
    ...weighedParams.map((param) => row(param, (lane) => paramCell(param, lane))),
  ];
}

function paramCell(param: ParamName, { table, params, suggested }: LaneFacts): FairnessCell {
  const requested = params[param] ?? suggested[param];
  if (requested === undefined)
    return nothingUnset.has(param) ? { standing: 'known', value: null } : { standing: 'default' };
  if (!table) return { standing: 'unknown' };
  const [effect] = mapParams({ [param]: requested }, table).effects;
  if (!effect || effect.outcome === 'ignored') return { standing: 'default', ignored: requested };
  return { standing: 'known', value: effect.adjusted ?? requested };
}

function verdictOf(cells: readonly FairnessCell[], lanes: readonly LaneFacts[]): FairnessRow['verdict'] {
  const known = cells.flatMap((cell) => (cell.standing === 'known' ? JSON.stringify(cell.value) : []));
  if (new Set(known).size > 1) return 'different';
  if (known.length === cells.length) return 'same';
  // The same model on the same backend has the same default, whatever that is.
  const places = new Set(lanes.map(({ backendId, modelId }) => `${backendId} ${modelId}`));
  return known.length === 0 && places.size < 2 ? 'same' : 'unknown';
}
