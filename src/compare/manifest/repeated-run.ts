/** An answer held against the one that it repeats. */
import type { AnswerMessage } from '../../core/conversation';
import type { Provenance } from '../../core/provenance';
import { type FirstDifference, firstDifference } from '../differences/first-difference';
import { paramsOfEffects } from './params-of-effects';

/**
 * `none`: no seed was set. `sent`: it was sent, which is no proof that the backend goes by it.
 * `greedy`: at a temperature of 0 nothing is drawn, so that a seed changes nothing.
 */
export type SeedStanding = 'none' | 'ignored' | 'sent' | 'greedy';

export interface RepeatedRun {
  readonly seed: SeedStanding;
  /** Undefined where text and thoughts are the same. */
  readonly difference: FirstDifference | undefined;
  /** Where the thoughts part and not the text. */
  readonly isInThoughts: boolean;
  /** What was another one the second time, so that the same is not to be expected. */
  readonly changed: readonly ('version' | 'weights' | 'template')[];
  /** Both were written to their end. */
  readonly areWhole: boolean;
}

type Compared = Pick<AnswerMessage, 'text' | 'reasoning' | 'state' | 'effects' | 'provenance'>;

export function repeatedRun(first: Compared, second: Compared): RepeatedRun {
  const inText = firstDifference(first.text, second.text);
  const inThoughts = firstDifference(first.reasoning, second.reasoning);
  return {
    seed: seedOf(second),
    difference: inText ?? inThoughts,
    isInThoughts: inText === undefined && inThoughts !== undefined,
    changed: changedIn(first.provenance ?? {}, second.provenance ?? {}),
    areWhole: first.state === 'done' && second.state === 'done',
  };
}

function seedOf({ effects = [] }: Compared): SeedStanding {
  if (paramsOfEffects(effects).temperature === 0) return 'greedy';
  const effect = effects.find(({ param }) => param === 'seed');
  if (!effect) return 'none';
  return effect.outcome === 'sent' || effect.outcome === 'emulated' ? 'sent' : 'ignored';
}

/** Only where both are told: what is unknown is not taken for a change. */
function changedIn(first: Provenance, second: Provenance): RepeatedRun['changed'] {
  const differs = (name: 'version' | 'digest' | 'source' | 'templateDigest'): boolean =>
    first[name] !== undefined && second[name] !== undefined && first[name] !== second[name];
  return [
    ...(differs('version') ? (['version'] as const) : []),
    ...(differs('digest') || differs('source') ? (['weights'] as const) : []),
    ...(differs('templateDigest') ? (['template'] as const) : []),
  ];
}
