/** Settings of one answer, ready for the sampler: what the person set, else what the model's makers advise. */
import type { Params } from '../../core/params';
import { hasPenalty } from './sampling/penalties';
import type { SamplingSettings } from './sampling/sampler';

/** As in the model's `generation_config.json`; every name may be missing. */
export interface Advice {
  readonly do_sample?: boolean;
  readonly temperature?: number;
  readonly top_k?: number;
  readonly top_p?: number;
  readonly min_p?: number;
  readonly repetition_penalty?: number;
}

/** How to draw counts only where the makers ask for drawing. Without anybody's wish the answer is greedy. */
export function samplingSettings(params: Params, advice: Advice): SamplingSettings {
  const drawn: Advice = advice.do_sample === true ? { temperature: 1, ...advice } : {};
  return {
    temperature: params.temperature ?? drawn.temperature ?? 0,
    topK: params.topK ?? drawn.top_k ?? 0,
    topP: params.topP ?? drawn.top_p ?? 1,
    minP: params.minP ?? drawn.min_p ?? 0,
    typicalP: params.typicalP ?? 1,
    repeatPenalty: params.repeatPenalty ?? advice.repetition_penalty ?? 1,
    frequencyPenalty: params.frequencyPenalty ?? 0,
    presencePenalty: params.presencePenalty ?? 0,
  };
}

/** Then the library's own choice of the greatest score is enough, without a copy of all scores per token. */
export function isPlainGreedy(settings: SamplingSettings): boolean {
  return settings.temperature === 0 && !hasPenalty(settings);
}
