/** What the system says about a process, on Linux; elsewhere nothing. */
import { readFileSync } from 'node:fs';

export const hasProcessFigures = process.platform === 'linux';
/** Linux counts processor time for programs in hundredths of a second, whatever its own clock does. */
const tickMs = 10;

/** Processor time since its start. @param {number} pid @returns {number} milliseconds, in steps of 10 */
export function cpuMs(pid) {
  // The name of the program, in parentheses, may hold spaces.
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}

/** @param {number} pid @returns {number} megabytes that lie in memory */
export function residentMb(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  return (Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024) / 1e6;
}
