/** What leaves the page: whole records, tables that spreadsheets open, and a report. */
import Papa from 'papaparse';
import { expect, it } from 'vitest';
import { markdownReport } from '../../../../src/batch/exports/markdown-report';
import { type ResultRecord, resultsAsJsonLines } from '../../../../src/batch/exports/result-record';
import { resultsAsCsv } from '../../../../src/batch/exports/results-as-csv';
import { planBatch } from '../../../../src/batch/plan/batch-plan';
import { batchRun, cellResult } from '../batch-run';

const run = batchRun({
  title: 'Sums | <b>bold</b>',
  grid: { temperature: [0.5] },
  common: { params: { seed: 3 }, systemPrompt: '' },
  checks: [{ kind: 'near', value: '{{answer}}', within: 0 }],
});
const plan = planBatch(run);
const measurement = { totalMs: 12, firstTokenMs: 3, completionTokens: 4, isEstimated: true };
const results = [
  cellResult(2, { text: '=HYPERLINK("x")', measurement, checks: [{ outcome: 'failed', note: 'no' }] }),
  cellResult(0, { text: 'It is\n"4", really', measurement, checks: [{ outcome: 'passed', note: '' }] }),
  cellResult(1, {
    state: 'failed',
    text: '',
    error: { code: 'timeout', message: 'Too | late', detail: {} },
  }),
];

it('JSON Lines hold all that made an answer, in the order of the plan', () => {
  const lines = resultsAsJsonLines(run, plan, results).trimEnd().split('\n');
  const records = lines.map((line) => JSON.parse(line) as ResultRecord);
  expect(records.map(({ cell }) => cell)).toEqual([0, 1, 2]);
  expect(records[2]).toMatchObject({
    backendId: 'one',
    modelId: 'm',
    params: { seed: 3, temperature: 0.5 },
    messages: [{ role: 'user', text: 'How much is 3 + 4?' }],
    item: { question: '3 + 4', answer: '7' },
    text: '=HYPERLINK("x")',
    measurement,
  });
  expect(records[1]?.error).toMatchObject({ code: 'timeout' });
});

it('CSV comes back whole, except that no answer is a formula', () => {
  const { data } = Papa.parse<Record<string, string>>(resultsAsCsv(run, plan, results).trimEnd(), {
    header: true,
  });
  expect(data.map(({ answer }) => answer)).toEqual(['It is\n"4", really', '', '\'=HYPERLINK("x")']);
  expect(data[1]).toMatchObject({ state: 'failed', error: 'timeout: Too | late', 'item.question': '2 + 2' });
  expect(data[0]).toMatchObject({
    item: '1',
    lane: '1: one · m',
    temperature: '0.5',
    seed: '3',
    'first token ms': '3',
    'tokens are estimated': 'true',
    'check 1: Last number is {{answer}}': 'passed',
  });
});

it('the report has figures, checks and failures, and no foreign text breaks its tables', () => {
  const report = markdownReport(run, plan, results);
  expect(report).toContain('3 of 4 answers');
  expect(report).toContain('| 1: one · m | temperature 0.5 | 2 of 2 | 0 | 3 (3 to 3, n 2) |');
  expect(report).toContain('50 % (9 % to 91 %, n 2)');
  expect(report).toContain('| 1 | timeout: Too \\| late |');
  const tables = report.split('\n').filter((line) => line.startsWith('|'));
  const widths = tables.map((line) => line.replaceAll('\\|', '').split('|').length);
  expect(new Set(widths.slice(0, 4)).size).toBe(1);
});
