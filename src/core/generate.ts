/** One prompt in, one answer out, for scripts and tests. */
import type { Backend } from './backend';
import type { EndReason, Usage } from './chat-event';
import { collectAnswer } from './collect-answer';
import type { ParamEffect } from './param-effect';
import type { Params } from './params';

export interface GenerateConfig {
  readonly modelId: string;
  readonly system?: string;
  readonly params?: Params;
  readonly signal: AbortSignal;
}

export interface Generated {
  readonly text: string;
  readonly reasoning: string;
  readonly reason: EndReason;
  readonly usage?: Usage;
  /** What became of each setting. */
  readonly effects: readonly ParamEffect[];
}

/** @throws BackendError when the stream fails; text that had arrived is then lost, so screens use `streamChat`. */
export async function generate(backend: Backend, prompt: string, config: GenerateConfig): Promise<Generated> {
  const { modelId, system, params = {}, signal } = config;
  await backend.load({ modelId, params }, () => undefined, signal);
  const messages = [
    ...(system === undefined ? [] : [{ role: 'system', text: system } as const]),
    { role: 'user', text: prompt } as const,
  ];
  const answer = await collectAnswer(backend, { modelId, messages, params }, signal);
  const { text, reasoning, endReason: reason, usage, effects, error } = answer;
  if (error) throw error;
  if (!reason) throw new Error('streamChat ended without a terminal event');
  return { text, reasoning, reason, usage, effects };
}
