/** A need of memory in words. */
import type { Device } from '../../core/backend';
import type { MemoryNeed } from './memory-need';

/** `about 1.2 GB of memory (0.3 GB of it for the conversation)` */
export function sayNeed({ totalBytes, cacheBytes, isEstimated }: MemoryNeed, place: Device): string {
  const about = isEstimated ? 'about ' : '';
  const memory = place === 'gpu' ? 'graphics memory' : 'memory';
  const cache = cacheBytes > 0 ? ` (${gigabytes(cacheBytes)} of it for the conversation)` : '';
  return `${about}${gigabytes(totalBytes)} of ${memory}${cache}`;
}

export function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.max(1, Math.round(bytes / 1e6))} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
