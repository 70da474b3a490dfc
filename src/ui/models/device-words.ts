/** This device in one line, as far as the browser tells: what verdicts rest on. */
import { memorySize } from '../../models/fit/memory-size';
import type { DeviceFacts } from '../../models/fit/read-device';

export function deviceWords({ gpu, cores, hasThreads, ...memory }: DeviceFacts): string {
  const { roundedMemoryBytes } = memory;
  return [
    `${cores} processor ${cores === 1 ? 'core' : 'cores'}${hasThreads ? '' : ', of which one can be used'}`,
    roundedMemoryBytes !== undefined && `${memorySize(roundedMemoryBytes)} of memory`,
    gpu ? gpuWords(gpu) : 'no WebGPU',
  ]
    .filter(Boolean)
    .join(' · ');
}

function gpuWords({
  description,
  isFallback,
  hasF16,
  hasSubgroups,
}: NonNullable<DeviceFacts['gpu']>): string {
  if (isFallback) return `WebGPU in software only (${description})`;
  const extras = [hasF16 && '16-bit floats', hasSubgroups && 'subgroups'].filter(Boolean).join(', ');
  return `${description}${extras ? ` (${extras})` : ''}`;
}
