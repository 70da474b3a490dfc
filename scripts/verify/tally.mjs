/** What a run of checks and tests adds up to, and the line that says it. */

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function total(tallies) {
  /** @param {keyof Tally} key */
  const sum = (key) => tallies.reduce((all, tally) => all + tally[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/** @param {Tally} tally */
export function tallyLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * A run that crashed, or that ran nothing, must not look like a success.
 * @param {Tally} counted
 * @param {number} exitCode
 * @returns {Tally}
 */
export function honest(counted, exitCode) {
  const isSuspicious = exitCode !== 0 || counted.passed + counted.skipped === 0;
  return isSuspicious && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
}
