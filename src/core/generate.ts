/** One prompt in, one answer out: a fold over `streamChat`, for scripts and tests. */
import type { Backend } from './backend';
import type { EndReason, Usage } from './chat-event';
import type { ParamEffect } from './param-effect';
import type { Params } from './params';
import { streamChat } from './stream-chat';

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
  let text = '';
  let reasoning = '';
  let effects: readonly ParamEffect[] = [];
  for await (const event of streamChat(backend, { modelId, messages, params }, signal)) {
    if (event.type === 'stream-start') effects = event.effects;
    else if (event.type === 'text-delta') text += event.text;
    else if (event.type === 'text-reset') text = '';
    else if (event.type === 'reasoning-delta') reasoning += event.text;
    else if (event.type === 'stream-error') throw event.error;
    else if (event.type === 'stream-end')
      return { text, reasoning, reason: event.reason, usage: event.usage, effects };
  }
  throw new Error('streamChat ended without a terminal event');
}
