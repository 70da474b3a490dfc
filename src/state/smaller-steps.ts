/** What to try when memory ran out or the graphics card was lost: less context, the processor, a smaller model. */
import type { Device, RunsOn } from '../core/backend';
import type { PlainBackendError } from '../core/backend-error';
import { isLocalEngine, usualContextLength } from '../core/local-model';
import type { Params } from '../core/params';
import type { Selection } from './setting-values';

export interface SmallerStep {
  /** Goes on after a verb: `with a context of 2,048 tokens`. */
  readonly label: string;
  readonly params?: Params;
  readonly device?: Device;
  readonly selection?: Selection;
}

export interface FailedModel extends Selection {
  readonly error?: PlainBackendError;
  /** Absent where it failed before it ran anywhere. */
  readonly runsOn?: RunsOn;
}

/** A model that can be loaded in this page without a download. */
export interface ModelHere extends Selection {
  readonly label: string;
  readonly quantization?: string;
  readonly bytes: number;
}

/** Tokens. Less would hardly hold a question and its answer. */
const leastContext = 1024;

/** Empty where the failure was of another kind, or on a server. */
export function smallerSteps(
  failed: FailedModel,
  params: Params,
  here: readonly ModelHere[],
): readonly SmallerStep[] {
  const { error, backendId, runsOn } = failed;
  if (error?.code !== 'out-of-memory' || !isLocalEngine(backendId)) return [];
  const context = params.contextLength ?? usualContextLength;
  const half = Math.max(leastContext, Math.floor(context / 2));
  const shorter: SmallerStep = {
    label: `with a context of ${half.toLocaleString('en')} tokens`,
    params: { contextLength: half },
  };
  const processor: SmallerStep = { label: 'on the processor', device: 'cpu' };
  return [
    ...(half < context ? [shorter] : []),
    // WebLLM knows no other place than the graphics card.
    ...(backendId !== 'webllm' && runsOn !== 'this-cpu' ? [processor] : []),
    ...nextSmaller(failed, here),
  ];
}

/** The largest of those that are smaller: a smaller build of the same model, or another model. */
function nextSmaller({ backendId, modelId }: Selection, here: readonly ModelHere[]): SmallerStep[] {
  const failed = here.find((one) => one.backendId === backendId && one.modelId === modelId);
  const smaller = here.filter(({ bytes }) => failed !== undefined && bytes > 0 && bytes < failed.bytes);
  const [next] = smaller.sort((a, b) => b.bytes - a.bytes);
  if (!next) return [];
  const build = next.quantization === undefined ? '' : ` (${next.quantization})`;
  return [
    {
      label: `with ${next.label}${build}`,
      selection: { backendId: next.backendId, modelId: next.modelId },
    },
  ];
}
