/** What a model's configuration file says of its size: `config.json` of the hub, or WebLLM's `mlc-chat-config.json`. */
import type { ModelShape } from './local-model';

export interface ConfigFacts {
  /** Tokens. */
  readonly contextLength?: number;
  readonly shape?: ModelShape;
  readonly quantization?: string;
}

/** @param config parsed JSON of any kind; what is not understood is left out */
export function configFacts(config: unknown): ConfigFacts {
  const whole = asRecord(config);
  // Models that see have a part for the language, WebLLM one for the architecture.
  const inner = asRecord(whole['text_config'] ?? whole['model_config'] ?? whole);
  const read = (...names: string[]): number | undefined => {
    const values = names.flatMap((name) => [whole[name], inner[name]]);
    // WebLLM writes -1 for a window that has no limit.
    return values.find((value) => typeof value === 'number' && value > 0) as number | undefined;
  };
  const contextLength = read('context_window_size', 'max_position_embeddings', 'n_positions');
  const layers = read('num_hidden_layers', 'n_layer');
  const heads = read('num_attention_heads', 'n_head');
  const keyValueHeads = read('num_key_value_heads') ?? heads;
  const width = read('hidden_size', 'n_embd');
  const headSize = read('head_dim') ?? (heads && width && width / heads);
  const { quantization } = whole;
  return {
    ...(contextLength !== undefined && { contextLength }),
    ...(layers && keyValueHeads && headSize && { shape: { layers, keyValueHeads, headSize } }),
    ...(typeof quantization === 'string' && { quantization }),
  };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
