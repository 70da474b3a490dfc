/** What to try when memory ran out or the graphics card was lost: less context, then the processor. */
import type { Device } from '../core/backend';
import type { AnswerMessage } from '../core/conversation';
import { isLocalEngine } from '../core/local-model';
import type { Params } from '../core/params';

export interface SmallerStep {
  readonly label: string;
  readonly params?: Params;
  readonly device?: Device;
}

/** Tokens. What engines in the page take where nothing is set. */
const usualContext = 4096;
/** Tokens. Less would hardly hold a question and its answer. */
const leastContext = 1024;

/** Empty where the failure was of another kind, or on a server. */
export function smallerSteps(answer: AnswerMessage, params: Params): readonly SmallerStep[] {
  if (answer.error?.code !== 'out-of-memory' || !isLocalEngine(answer.backendId)) return [];
  const half = Math.max(leastContext, Math.floor((params.contextLength ?? usualContext) / 2));
  const shorter: SmallerStep = {
    label: `Retry with a context of ${half.toLocaleString()} tokens`,
    params: { contextLength: half },
  };
  const processor: SmallerStep = { label: 'Retry on the processor', device: 'cpu' };
  return [
    ...(half < (params.contextLength ?? usualContext) ? [shorter] : []),
    // WebLLM knows no other place than the graphics card.
    ...(answer.backendId !== 'webllm' && answer.runsOn !== 'this-cpu' ? [processor] : []),
  ];
}
