/** Makes rows and ratios of one value per subject and round. */
import { ratioOf, summarize } from '../shared/report.mjs';

/** @typedef {{ metric: string, unit: string, subject: string, value: number }} Figure */

/**
 * @param {readonly Figure[]} figures of all rounds
 * @param {readonly string[]} compared metrics by which the relay is compared with every other proxy
 */
export function rowsAndRatios(figures, compared) {
  /** @type {Map<string, { metric: string, unit: string, subject: string, values: number[] }>} */
  const series = new Map();
  for (const { metric, unit, subject, value } of figures) {
    const key = `${metric}\n${subject}`;
    const known = series.get(key);
    if (known) known.values.push(value);
    else series.set(key, { metric, unit, subject, values: [value] });
  }
  const all = [...series.values()];
  const rows = all.map(({ values, ...names }) => ({ ...names, ...summarize(values) }));
  const ratios = compared.flatMap((metric) => {
    const relay = series.get(`${metric}\nrelay`);
    if (!relay) return [];
    return all
      .filter((one) => one.metric === metric && one.subject !== 'relay' && one.subject !== 'direct')
      .filter(({ values }) => values.length === relay.values.length)
      .map(({ subject, values }) => ({
        metric,
        subject: 'relay',
        against: subject,
        ...ratioOf(relay.values, values),
      }));
  });
  return { rows, ratios };
}
