/**
 * A verdict from the need alone, where nothing as large was tried on this device. No browser tells how much memory
 * is free, and none how much a graphics card has; so this says what is known and no more.
 */
import type { Device } from '../../core/backend';
import type { Judgement } from './fit';
import type { MemoryNeed } from './memory-need';
import { memorySize, reportCap } from './memory-size';
import type { DeviceFacts } from './read-device';
import { gigabytes, sayNeed } from './say-need';

/** Bytes. Loads up to this size have worked on every device of the last ten years. */
const surelyFits = 1e9;
/** The report is the nearest power of two, so there may be half as much again, and never more. */
const mostPerReported = 1.5;
/** Shares of the reported memory, of which the rest is for everything else that runs. */
const easyShare = 0.5;
const tightShare = 0.85;

export function judgeMemory(need: MemoryNeed, place: Device, device: DeviceFacts): Judgement {
  const needs = `It needs ${sayNeed(need, place)}`;
  return place === 'gpu' ? onGraphicsCard(need, needs, device) : onProcessor(need, needs, device);
}

function onProcessor({ totalBytes }: MemoryNeed, needs: string, device: DeviceFacts): Judgement {
  const reported = device.roundedMemoryBytes;
  if (reported === undefined) {
    if (totalBytes <= surelyFits) return fits(`${needs}, which current devices have to spare.`);
    return unknown(`${needs}. This browser does not tell how much there is, and nothing as large was tried.`);
  }
  const isCapped = reported >= reportCap;
  const has = `this device has ${memorySize(reported)}`;
  if (totalBytes <= reported * easyShare) return fits(`${needs}; ${has}.`);
  if (totalBytes <= reported * tightShare) {
    return tight(`${needs}; ${has}. Close other tabs, or choose a shorter context.`);
  }
  if (isCapped) {
    return unknown(`${needs}; ${has}, and the browser does not tell how much more. It may not work.`);
  }
  if (totalBytes <= reported * mostPerReported) {
    return tight(`${needs}; ${has}, which other programs use too. It may not work.`);
  }
  return { verdict: 'will-not', reason: `${needs}; ${has}.` };
}

/** The largest single buffer is the only hint at a card's memory: drivers allow no more than there is. */
function onGraphicsCard({ totalBytes }: MemoryNeed, needs: string, device: DeviceFacts): Judgement {
  const buffer = device.gpu?.maxBufferBytes ?? 0;
  // Many graphics cards have no memory of their own.
  const isTightForDevice =
    device.roundedMemoryBytes !== undefined && totalBytes > device.roundedMemoryBytes * easyShare;
  const takes = `this graphics card takes ${gigabytes(buffer)} in one piece`;
  if (totalBytes <= Math.max(surelyFits, buffer)) {
    if (isTightForDevice) return tight(`${needs}, which is much for this device. Close other tabs.`);
    return fits(
      totalBytes <= surelyFits ? `${needs}, which current devices have to spare.` : `${needs}; ${takes}.`,
    );
  }
  if (totalBytes <= 2 * buffer)
    return tight(`${needs}; ${takes}. Close other tabs, or choose a shorter context.`);
  return unknown(
    `${needs}. Browsers do not tell how much a graphics card has, and nothing as large was tried.`,
  );
}

const fits = (reason: string): Judgement => ({ verdict: 'fits', reason });
const tight = (reason: string): Judgement => ({ verdict: 'tight', reason });
const unknown = (reason: string): Judgement => ({ verdict: 'unknown', reason });
