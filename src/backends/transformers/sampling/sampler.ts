/**
 * From the scores of all tokens to one token. The order is llama.cpp's, so that one setting means the same in both
 * engines: penalties, then top-k, typical-p, top-p and min-p on the scores as they are, temperature, then one draw.
 * Scores are logits: natural logarithms of unnormalized probabilities.
 */
import { cutByMinP, cutByTopP, cutByTypicalP, type Cuts, likelyCandidates } from './cuts';
import { penalize, type Penalties } from './penalties';
import type { Random } from '../../../platform/seeded-random';

export interface SamplingSettings extends Penalties, Cuts {
  /** 0 is greedy. */
  readonly temperature: number;
}

/** @param logits changed in place by the penalties. @param seen tokens of prompt and answer, oldest first */
export function sampleToken(
  logits: Float32Array,
  seen: readonly number[],
  promptLength: number,
  settings: SamplingSettings,
  random: Random,
): number {
  const { temperature, topK, topP, minP, typicalP } = settings;
  penalize(logits, seen, promptLength, settings);
  if (temperature === 0) return greatest(logits);
  const isUncut = topK === 0 && topP >= 1 && minP <= 0 && typicalP >= 1;
  if (isUncut) return drawIndex(logits, temperature, random());
  const typical = cutByTypicalP(likelyCandidates(logits, settings), typicalP);
  const kept = cutByMinP(cutByTopP(typical, topP), minP);
  const drawn = drawIndex(
    kept.map(({ logit }) => logit),
    temperature,
    random(),
  );
  return kept[drawn]?.token ?? greatest(logits);
}

function greatest(logits: Float32Array): number {
  let best = 0;
  for (let token = 1; token < logits.length; token++) {
    if ((logits[token] ?? -Infinity) > (logits[best] ?? -Infinity)) best = token;
  }
  return best;
}

/** Each index is as likely as its score says. Two passes and no copy: there may be 250 000 scores. @param draw 0 ≤ draw < 1 */
export function drawIndex(logits: ArrayLike<number>, temperature: number, draw: number): number {
  let most = -Infinity;
  for (let index = 0; index < logits.length; index++) most = Math.max(most, logits[index] ?? -Infinity);
  const weight = (index: number): number => Math.exp(((logits[index] ?? -Infinity) - most) / temperature);
  let sum = 0;
  for (let index = 0; index < logits.length; index++) sum += weight(index);
  let left = draw * sum;
  for (let index = 0; index < logits.length; index++) {
    left -= weight(index);
    if (left < 0) return index;
  }
  // Rounding may leave a hair.
  return logits.length - 1;
}
