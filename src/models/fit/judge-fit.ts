/** Whether this device can run a model, with the reason: limits of the adapter, memory, and what was measured here. */
import type { Device } from '../../core/backend';
import type { Fit, Judgement } from './fit';
import { type FitHistory, type FitMeasurement, historyKey } from './fit-history';
import type { FitQuestion } from './fit-question';
import { judgeMemory } from './judge-memory';
import { type MemoryNeed, memoryNeed } from './memory-need';
import { missingOnGpu } from './missing-on-gpu';
import { placeOf } from './place-of';
import type { DeviceFacts } from './read-device';
import { gigabytes, sayNeed } from './say-need';

/** Bytes that one WebAssembly memory may hold in ONNX Runtime Web and, whatever its addresses could reach, in wllama. */
const mostWasmBytes = 4 * 1024 ** 3;

/** For the place that the engine takes by itself; for the processor where the graphics card cannot do it. */
export function judgeFit(question: FitQuestion, device: DeviceFacts, history: FitHistory): Fit {
  const place = placeOf(question, device.gpu);
  const fit = { ...judgeOn(place, question, device, history), device: place };
  const hasOtherPlace = place === 'gpu' && question.engine !== 'webllm' && !question.needsF16;
  if (fit.verdict !== 'will-not' || !hasOtherPlace) return fit;
  const onProcessor = judgeOn('cpu', question, device, history);
  if (onProcessor.verdict === 'will-not') return fit;
  const { verdict, reason } = onProcessor;
  return { verdict, reason: `Too much for the graphics card, so on the processor: ${reason}`, device: 'cpu' };
}

function judgeOn(place: Device, question: FitQuestion, device: DeviceFacts, history: FitHistory): Judgement {
  const { engine } = question;
  const need = memoryNeed(question, place);
  const needs = sayNeed(need, place);
  const missing = place === 'gpu' ? missingOnGpu(question, device.gpu) : undefined;
  if (missing) return { verdict: 'will-not', reason: missing };
  return (
    judgeByHistory(need.totalBytes, needs, history[historyKey(engine, place)]) ??
    judgeByAddresses(need, place) ??
    judgeMemory(need, place, device)
  );
}

function judgeByAddresses(need: MemoryNeed, place: Device): Judgement | undefined {
  const inOne = need.totalBytes - need.loaderBytes;
  if (place === 'gpu' || inOne <= mostWasmBytes) return undefined;
  const most = gigabytes(mostWasmBytes);
  return {
    verdict: 'will-not',
    reason: `On the processor it needs ${gigabytes(inOne)} in one piece; engines in a page can hold ${most}.`,
  };
}

/** What was tried here counts more than arithmetic; nothing where nothing like it was tried. */
function judgeByHistory(
  bytes: number,
  needs: string,
  { largestThatRan = -Infinity, smallestThatFailed = Infinity }: FitMeasurement = {},
): Judgement | undefined {
  const hasRun = bytes <= largestThatRan;
  const hasFailed = bytes >= smallestThatFailed;
  const reason = `It needs ${needs}`;
  if (hasRun && hasFailed) {
    return {
      verdict: 'tight',
      reason: `${reason}; as much has run on this device before, and has run out of memory too.`,
    };
  }
  if (hasRun) return { verdict: 'fits', reason: `${reason}, and as much has run on this device before.` };
  if (!hasFailed) return undefined;
  return {
    verdict: 'will-not',
    reason: `${reason}; ${gigabytes(smallestThatFailed)} was too much for this device before.`,
  };
}
