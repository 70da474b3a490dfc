/** One answer from its first event to its last, with its figures: for whatever shows answers whole. Never throws. */
import { AnswerClock } from './answer-clock';
import type { Backend, ChatRequest, LoadTimings } from './backend';
import type { BackendError } from './backend-error';
import type { EndReason, EngineTimings, Usage } from './chat-event';
import type { Measurement } from './conversation';
import { estimateTokens } from './estimate-tokens';
import { measureAnswer } from './measure-answer';
import type { ParamEffect } from './param-effect';
import { streamChat } from './stream-chat';

export interface CollectedAnswer {
  readonly text: string;
  readonly reasoning: string;
  /** Absent where it failed. */
  readonly endReason?: EndReason;
  readonly usage?: Usage;
  readonly timings?: EngineTimings;
  /** Tokens; absent where the server does not tell. */
  readonly contextLength?: number;
  /** What became of each setting. */
  readonly effects: readonly ParamEffect[];
  /** Why text of an earlier attempt is no longer there. */
  readonly corrections: readonly string[];
  readonly measurement: Measurement;
  /** What had arrived before it is in the text. */
  readonly error?: BackendError;
}

/** What the load before the request took. */
export interface LoadBefore {
  /** Milliseconds; absent where the model was ready. */
  readonly loadMs?: number | undefined;
  readonly loadTimings?: LoadTimings | undefined;
}

/** The model is ready: times count from this call. */
export async function collectAnswer(
  backend: Pick<Backend, 'chat' | 'takesTools'>,
  request: ChatRequest,
  signal: AbortSignal,
  { loadMs, loadTimings }: LoadBefore = {},
  now: () => number = () => performance.now(),
): Promise<CollectedAnswer> {
  const clock = new AnswerClock(now);
  let [text, reasoning] = ['', ''];
  let effects: readonly ParamEffect[] = [];
  let isCold = false;
  let arrivedWhole = false;
  const corrections: string[] = [];
  let isRepeated = false;
  let end: Pick<CollectedAnswer, 'endReason' | 'usage' | 'timings' | 'contextLength' | 'error'> = {};
  for await (const event of streamChat(backend, request, signal)) {
    switch (event.type) {
      case 'stream-start':
        ({ effects, isCold = false, arrivesWhole: arrivedWhole = false } = event);
        break;
      case 'text-delta':
        clock.tokenArrived();
        text += event.text;
        break;
      case 'reasoning-delta':
        clock.tokenArrived();
        reasoning += event.text;
        break;
      case 'text-reset':
        text = '';
        corrections.push(event.reason);
        break;
      case 'stream-end': {
        const { reason: endReason, usage, timings, contextLength } = event;
        end = { endReason, usage, timings, contextLength };
        isRepeated = event.isRepeated ?? false;
        break;
      }
      case 'stream-error':
        end = { error: event.error };
        effects = event.error.detail.effects ?? effects;
        break;
    }
  }
  clock.finished();
  const writtenTokens = estimateTokens(text) + estimateTokens(reasoning);
  const measurement = measureAnswer({
    times: clock.measured,
    usage: end.usage,
    writtenTokens,
    loadMs,
    loadTimings,
    isCold,
    arrivedWhole,
    isRepeated,
  });
  return { text, reasoning, effects, corrections, ...end, measurement };
}
