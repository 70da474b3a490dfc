/** Our sampling as a LogitsProcessor: leaves one token with a score, so that the library's greedy choice takes it. */
import { LogitsProcessor, type Tensor } from '@huggingface/transformers';
import { hasPenalty } from './penalties';
import type { Random } from './random';
import { sampleToken, type SamplingSettings } from './sampler';

export class SamplingProcessor extends LogitsProcessor {
  constructor(
    private readonly settings: SamplingSettings,
    private readonly promptLength: number,
    private readonly random: Random,
  ) {
    super();
  }

  /** @param ids one row: tokens of prompt and answer. @param logits [1, vocabulary], float32 */
  override _call(ids: bigint[][], logits: Tensor): Tensor {
    const scores: unknown = logits.data;
    if (!(scores instanceof Float32Array)) throw new TypeError(`Scores of type ${logits.type}`);
    // A long conversation is not copied for nothing.
    const seen = hasPenalty(this.settings) ? (ids[0] ?? []).map(Number) : [];
    const token = sampleToken(scores, seen, this.promptLength, this.settings, this.random);
    scores.fill(-Infinity);
    scores[token] = 0;
    return logits;
  }
}
