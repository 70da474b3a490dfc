/** Counts the tests in Playwright's JSON report. */

/**
 * @typedef {object} PlaywrightReport
 * @property {{ expected: number, unexpected: number, flaky: number, skipped: number }} stats
 * @property {unknown[]} errors faults outside any test, for example a file that cannot be loaded
 */

/**
 * @param {PlaywrightReport} report
 * @returns {import('./tally.mjs').Tally}
 */
export function countPlaywright({ stats, errors }) {
  const { expected, unexpected, flaky, skipped } = stats;
  return { passed: expected, failed: unexpected + flaky + errors.length, skipped };
}
