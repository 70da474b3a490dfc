/** What is asked of the cutting server for a trial, and what becomes of the figures. */
import { ratioOf, report, summarize } from '../shared/report.mjs';

/**
 * @typedef {object} Trial
 * @property {'cuts' | 'speed'} kind `speed` lets the server send as fast as it can
 * @property {number} cuts
 * @property {number} bytes of the file
 */
/**
 * @typedef {object} Figures
 * @property {Trial} trial
 * @property {string} subject
 * @property {number} seconds
 * @property {number} requests
 * @property {number} movedShare bytes that left the server, as a multiple of the file's size
 */

/**
 * The connection of each of the first N requests is cut after one part of N + 1 equal ones: so there are N cuts for
 * one that goes on where it was as well as for one that begins anew. The server sends about 50 MB/s, as a good
 * line does: faster than that, a browser drops what arrived in the last millisecond before a cut.
 * @param {Trial} trial
 * @returns {string} for tests/support/faulty-files.ts
 */
export function faultQuery({ kind, cuts, bytes }) {
  const query = new URLSearchParams({ bytes: String(bytes) });
  if (kind === 'cuts') query.set('pause', '1');
  if (cuts > 0) {
    query.set('cut', String(Math.ceil(bytes / (cuts + 1))));
    query.set('cuts', String(cuts));
  }
  return query.toString();
}

/**
 * @param {number} rounds
 * @param {readonly Figures[]} measured
 */
export function summary(rounds, measured) {
  const trials = [...new Set(measured.map(({ trial }) => trial))];
  const parts = trials.map((trial) => {
    const figures = measured.filter((one) => one.trial === trial);
    return trial.kind === 'cuts' ? cutsPart(trial, figures) : speedPart(trial, figures);
  });
  return report({
    name: 'download',
    rounds,
    rows: parts.flatMap(({ rows }) => rows),
    ratios: parts.flatMap(({ ratios }) => ratios),
  });
}

/**
 * @param {Trial} trial
 * @param {readonly Figures[]} figures
 */
function cutsPart({ cuts }, figures) {
  const label = `${cuts} ${cuts === 1 ? 'cut' : 'cuts'}`;
  const [moved, requests, time] = [`bytes moved, ${label}`, `requests, ${label}`, `time, ${label}`];
  const by = bySubject(figures);
  const rows = [...by].flatMap(([subject, own]) => [
    { subject, metric: moved, unit: '× file size', ...summarize(own.map(({ movedShare }) => movedShare)) },
    { subject, metric: requests, unit: 'requests', ...summarize(own.map((one) => one.requests)) },
    { subject, metric: time, unit: 's', ...summarize(own.map(({ seconds }) => seconds)) },
  ]);
  const shares = (by.get('switchyard') ?? []).map(({ movedShare }) => movedShare);
  const ratios = [
    ratio(by, moved, 'transformers.js', ({ movedShare }) => movedShare),
    {
      metric: moved,
      subject: 'switchyard',
      against: 'file size',
      ...ratioOf(
        shares,
        shares.map(() => 1),
      ),
    },
    ratio(by, time, 'transformers.js', ({ seconds }) => seconds),
  ];
  return { rows, ratios };
}

/**
 * @param {Trial} trial
 * @param {readonly Figures[]} figures
 */
function speedPart({ bytes }, figures) {
  const metric = 'throughput without cuts';
  /** @param {Figures} figures */
  const speed = ({ seconds }) => bytes / 1e6 / seconds;
  const by = bySubject(figures);
  const rows = [...by].map(([subject, own]) => ({
    subject,
    metric,
    unit: 'MB/s',
    ...summarize(own.map(speed)),
  }));
  const ratios = ['switchyard', 'switchyard, checked'].map((subject) =>
    ratio(by, metric, 'plain fetch', speed, subject),
  );
  return { rows, ratios };
}

/**
 * @param {ReadonlyMap<string, readonly Figures[]>} by
 * @param {string} metric
 * @param {string} against
 * @param {(figures: Figures) => number} read
 * @param {string} subject
 */
function ratio(by, metric, against, read, subject = 'switchyard') {
  /** @param {string} name */
  const values = (name) => (by.get(name) ?? []).map(read);
  return { metric, subject, against, ...ratioOf(values(subject), values(against)) };
}

/**
 * @param {readonly Figures[]} figures
 * @returns {ReadonlyMap<string, readonly Figures[]>} each in the order of the rounds
 */
function bySubject(figures) {
  const names = [...new Set(figures.map(({ subject }) => subject))];
  return new Map(names.map((name) => [name, figures.filter(({ subject }) => subject === name)]));
}
