/**
 * What `/v1/completions` makes of settings otherwise than `/v1/chat/completions`: fields that it does not know it takes
 * in silence. Tried on llama-cpp-python 0.3.6; read in the sources of llama.cpp and vLLM.
 */
import type { JsonObject } from '../../core/json';
import type { ParamTable } from '../../core/params';

/** Its probabilities are worded in another way, which nobody shows; thinking is a matter of the chat template. */
export const plainVllm: Partial<ParamTable> = { topLogprobs: 'unsupported', thinking: 'unsupported' };

export const plainLlamaCpp: Partial<ParamTable> = {
  // Not a yes or no here, but the number itself; the answer words it as a chat does.
  topLogprobs: { wire: 'logprobs', min: 1, max: 20 },
  format: {
    wire: 'json_schema',
    convert: (format): JsonObject => (format === 'json' ? { type: 'object' } : format),
  },
  thinking: 'unsupported',
};

/** InstructLab's server, too. */
export const plainOpenAi: Partial<ParamTable> = { ...plainVllm, format: 'unsupported' };
