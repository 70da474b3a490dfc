/** Raw measurements → speeds, rows and ratios. */
import { ratioOf, summarize } from '../shared/report.mjs';

/** @typedef {import('../page/engines/main').Answered} Answered */
/**
 * What one subject did with one model. Both subjects have as many values in each list, in the same order.
 * @typedef {object} Figures
 * @property {number[]} load milliseconds
 * @property {Answered[]} read answers of one token to a long prompt
 * @property {Answered[]} written long answers to a short prompt
 * @property {number[]} busy microseconds of processor time per token of them, one mean per load
 */
/** @typedef {import('../shared/report.mjs').Row} Row */
/** @typedef {import('../shared/report.mjs').Ratio} Ratio */

/** @type {readonly { metric: string, unit: string, values: (figures: Figures) => number[] }[]} */
const metrics = [
  { metric: 'load', unit: 'ms', values: ({ load }) => load },
  { metric: 'time to first token', unit: 'ms', values: ({ read }) => read.map(({ firstMs }) => firstMs) },
  { metric: 'prefill', unit: 'tokens/s', values: ({ read }) => read.map(prefillSpeed) },
  { metric: 'decode', unit: 'tokens/s', values: ({ written }) => written.map(decodeSpeed) },
  { metric: 'processor time', unit: 'us/token', values: ({ busy }) => busy },
];

/**
 * @param {string} name of the model and its engine
 * @param {Figures} ours
 * @param {Figures} raw
 * @returns {{ rows: Row[], ratios: Ratio[] }}
 * @throws Error where the two did not do the same work
 */
export function summarizeCase(name, ours, raw) {
  assertSameWork(name, ours, raw);
  const rows = metrics.flatMap(({ metric, unit, values }) => [
    { subject: 'switchyard', metric: `${metric}, ${name}`, unit, ...summarize(values(ours)) },
    { subject: 'raw', metric: `${metric}, ${name}`, unit, ...summarize(values(raw)) },
  ]);
  const ratios = metrics.map(({ metric, values }) => ({
    metric: `${metric}, ${name}`,
    subject: 'switchyard',
    against: 'raw',
    ...ratioOf(values(ours), values(raw)),
  }));
  const added = ours.written.map((one, turn) => (perToken(one) - perToken(raw.written[turn])) * 1000);
  const cost = { subject: 'switchyard', metric: `added to decode, ${name}`, unit: 'us/token' };
  return { rows: [...rows, { ...cost, ...summarize(added) }], ratios };
}

/** @param {Answered} answered */
function prefillSpeed({ readTokens, firstMs }) {
  return (readTokens / firstMs) * 1000;
}

/** @param {Answered} answered */
function decodeSpeed(answered) {
  return 1000 / perToken(answered);
}

/** Milliseconds of decoding; the first token belongs to the prefill. @param {Answered | undefined} answered */
function perToken(answered) {
  return answered ? answered.restMs / (answered.answerTokens - 1) : Number.NaN;
}

/**
 * A cache that one side has and the other has not would make the figures worthless; the start of the chat
 * template may be in it.
 */
const mostCached = 8;

/**
 * @param {string} name
 * @param {Figures} ours
 * @param {Figures} raw
 */
function assertSameWork(name, ours, raw) {
  ours.read.forEach(({ readTokens }, index) => {
    const other = raw.read[index]?.readTokens ?? Number.NaN;
    if (!(Math.abs(readTokens - other) <= mostCached)) {
      throw new Error(`${name}: one side read ${readTokens} tokens of a prompt, the other ${other}.`);
    }
  });
  ours.written.forEach(({ answerTokens }, index) => {
    const other = raw.written[index]?.answerTokens ?? Number.NaN;
    if (answerTokens !== other) {
      throw new Error(`${name}: one side wrote ${answerTokens} tokens, the other ${other}.`);
    }
  });
}
