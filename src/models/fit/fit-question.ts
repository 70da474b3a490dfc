/** What the verdict needs to know of a model, put together from what is known of it. */
import {
  type LocalEngine,
  type LocalModel,
  modelBytes,
  type ModelShape,
  usualContextLength,
} from '../../core/local-model';
import type { ModelNeed } from './memory-need';
import type { Placed } from './place-of';

export interface FitQuestion extends ModelNeed, Placed {}

/**
 * @param wanted tokens of context; absent for the usual
 * @param shape from elsewhere, for a model that does not tell its own
 */
export function fitQuestion(
  model: LocalModel,
  wanted: number | undefined,
  shape: ModelShape | undefined = model.shape,
): FitQuestion {
  const { engine, quantization, capabilities } = model;
  return {
    engine,
    bytes: modelBytes(model),
    shape: model.shape ?? shape,
    isEmbedding: capabilities?.embedding === true,
    contextLength: contextToHold(engine, wanted, model.contextLength),
    quantization,
    // llama.cpp computes what is stored in 16 bits on the processor too.
    needsF16: engine !== 'wllama' && /f(p)?16/.test(quantization ?? ''),
  };
}

/**
 * @returns tokens, as the engines' own `loadOptions`: llama.cpp takes what is asked for, the others no more than the
 * model was trained for
 */
export function contextToHold(engine: LocalEngine, wanted = usualContextLength, trained = wanted): number {
  return engine === 'wllama' ? wanted : Math.min(wanted, trained);
}
