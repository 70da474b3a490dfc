/** The one shape of a benchmark's result, and the small statistics that fill it. */
import { cpus } from 'node:os';

/**
 * @typedef {object} Row
 * @property {string} subject what was measured, for example `relay` or `bare proxy`
 * @property {string} metric for example `added latency`
 * @property {string} unit for example `ms`, `bytes`, `requests/s`
 * @property {number} p50
 * @property {number} p95
 * @property {number} n how many values stand behind the percentiles
 */
/**
 * @typedef {object} Ratio
 * @property {string} metric
 * @property {string} subject
 * @property {string} against
 * @property {number} median
 * @property {number} min
 * @property {number} max
 */
/**
 * @typedef {object} Measured
 * @property {string} name
 * @property {number} rounds
 * @property {Row[]} rows
 * @property {Ratio[]} ratios
 * @property {readonly string[]} [skipped] what was not measured, and why
 */

/**
 * Adds the date and the processor, which belong to every figure.
 * @param {Measured} measured
 * @returns {Measured & { date: string, cpu: string }}
 */
export function report({ name, ...measured }) {
  return { name, date: new Date().toISOString(), cpu: processorName(), ...measured };
}

/**
 * @param {readonly number[]} values at least one
 * @returns {{ p50: number, p95: number, n: number }}
 */
export function summarize(values) {
  return { p50: percentile(values, 0.5), p95: percentile(values, 0.95), n: values.length };
}

/**
 * Ratio of two subjects measured in turns: pairs of the same round are compared, so that a slow
 * minute of the machine weighs on both sides.
 * @param {readonly number[]} subject
 * @param {readonly number[]} against one value per round, as many as `subject` has
 * @returns {{ median: number, min: number, max: number }}
 */
export function ratioOf(subject, against) {
  if (subject.length !== against.length) throw new Error('A ratio needs as many values on either side.');
  const ratios = subject.map((value, round) => value / (against[round] ?? Number.NaN));
  return { median: percentile(ratios, 0.5), min: Math.min(...ratios), max: Math.max(...ratios) };
}

/**
 * Linear interpolation between the two nearest ranks.
 * @param {readonly number[]} values
 * @param {number} share 0–1
 */
function percentile(values, share) {
  if (values.length === 0) throw new Error('There is no value to summarize.');
  const sorted = [...values].sort((left, right) => left - right);
  const rank = share * (sorted.length - 1);
  const below = sorted[Math.floor(rank)] ?? Number.NaN;
  const above = sorted[Math.ceil(rank)] ?? Number.NaN;
  return below + (above - below) * (rank - Math.floor(rank));
}

function processorName() {
  const all = cpus();
  return `${all[0]?.model.trim() ?? 'unknown processor'} × ${all.length}`;
}
