/** Until when and where a server holds a model in its memory. */
import type { ModelInfo } from '../../core/backend';
import { formatBytes } from '../shared/format';

/** Ollama’s word for “never” is a date in the year 2300 or so. */
const centuryMs = 100 * 365 * 24 * 3600 * 1000;

export function inMemoryWords({ isLoaded, loadedUntil, graphicsBytes }: ModelInfo): string {
  if (!isLoaded) return '';
  return [untilWords(loadedUntil), placeWords(graphicsBytes)].filter(Boolean).join(' · ');
}

function untilWords(until: number | undefined): string {
  if (until === undefined) return '';
  if (until > Date.now() + centuryMs / 2) return 'in memory until it is unloaded';
  return `in memory until ${new Date(until).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}`;
}

function placeWords(bytes: number | undefined): string {
  if (bytes === undefined) return '';
  return bytes === 0 ? 'nothing of it on a graphics card' : `${formatBytes(bytes)} on the graphics card`;
}
