/**
 * Searching in documents: by keywords, by vectors, and by both, on the test collection Cranfield and on made vectors; and
 * adding them: a long PDF, and thousands of small files.
 */
import { measureFused } from './rag/fused.mjs';
import { measureKeywords } from './rag/keywords.mjs';
import { measurePdf } from './rag/pdf.mjs';
import { measureThousands } from './rag/thousands.mjs';
import { measureVectors } from './rag/vectors.mjs';
import { report } from './shared/report.mjs';

/** @typedef {import('./shared/report.mjs').Row} Row */
/** @typedef {import('./shared/report.mjs').Ratio} Ratio */
/** @typedef {{ rounds: number, cranfield?: string }} Order */
/** @typedef {{ rows: Row[], ratios?: Ratio[], skipped?: string[] }} Part */

/** @type {Record<string, (order: Order) => Promise<Part>>} */
const parts = {
  keywords: measureKeywords,
  vectors: measureVectors,
  fused: measureFused,
  pdf: measurePdf,
  thousands: measureThousands,
};

/**
 * @param {{ rounds?: number, only?: readonly string[], cranfield?: string }} [options] `only` names parts; `cranfield` is
 *   the folder of the test collection
 */
export async function run({ rounds = 5, only = Object.keys(parts), cranfield } = {}) {
  const names = Object.keys(parts);
  const unknown = only.filter((part) => !names.includes(part));
  if (unknown.length > 0) throw new Error(`There is no part ${unknown.join()}. There are: ${names.join()}.`);
  /** @type {Required<Part>} */
  const all = { rows: [], ratios: [], skipped: [] };
  for (const [name, measure] of Object.entries(parts)) {
    if (!only.includes(name)) continue;
    const { rows, ratios = [], skipped = [] } = await measure({ rounds, ...(cranfield && { cranfield }) });
    all.rows.push(...rows);
    all.ratios.push(...ratios);
    all.skipped.push(...skipped);
  }
  return report({ name: 'rag', rounds, ...all });
}
