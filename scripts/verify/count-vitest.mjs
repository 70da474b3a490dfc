/** Counts the tests in Vitest's JSON report. */

/**
 * @typedef {object} VitestReport
 * @property {{ status: string, assertionResults: { status: string, ancestorTitles: string[] }[] }[]} testResults
 */

/**
 * A group that is skipped as a whole (a server that was not named) counts once.
 * @param {VitestReport} report
 * @returns {import('./tally.mjs').Tally & { skippedGroups: number }} `skipped` holds the groups too
 */
export function countVitest({ testResults }) {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  // A file that could not be loaded has no tests in the report, and would go unnoticed.
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  /** @type {Map<string, boolean>} top group → is all of it skipped? */
  const groups = new Map();
  for (const { status, ancestorTitles } of tests) {
    const group = ancestorTitles[0] ?? '';
    groups.set(group, (groups.get(group) ?? true) && isSkipped(status));
  }
  const skippedGroups = [...groups].filter(([name, isWhole]) => name !== '' && isWhole).length;
  const skippedAlone = tests.filter(
    ({ status, ancestorTitles: [group = ''] }) => isSkipped(status) && !(group !== '' && groups.get(group)),
  ).length;
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: tests.filter(({ status }) => status === 'failed').length + broken.length,
    skipped: skippedAlone + skippedGroups,
    skippedGroups,
  };
}

/** @param {string} status */
function isSkipped(status) {
  return status !== 'passed' && status !== 'failed';
}
