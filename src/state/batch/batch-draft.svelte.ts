/** A batch that is being put together: what was typed, and what it comes to. */
import { type DataFormat, guessFormat, readDataSet } from '../../batch/data-set/read-data-set';
import type { DataProblem, ReadData } from '../../batch/data-set/data-problem';
import { decodeText } from '../../batch/data-set/decode-text';
import { planBatch } from '../../batch/plan/batch-plan';
import { runProblems } from '../../batch/plan/run-problems';
import type { BatchCheck, BatchRun, BatchUpstream, DataSet, ParamGrid } from '../../core/batch';
import type { LaneSettings, LaneSetup } from '../../core/comparison';
import type { ParamName } from '../../core/params';
import { titleFrom } from '../title-from';
import { readValues } from './read-values';

/** A setting with the values to try of it, as typed. */
export interface GridRow {
  readonly param: ParamName;
  readonly values: string;
}

const nothing: DataSet = { columns: [], items: [] };

export class BatchDraft {
  title = $state.raw('');
  dataText = $state.raw('');
  fileName = $state.raw('');
  /** Absent: as the text looks. */
  chosenFormat = $state.raw<DataFormat>();
  /** Of a file that is no text. */
  fileProblems = $state.raw<readonly DataProblem[]>([]);
  prompt = $state.raw('');
  common = $state.raw<LaneSettings>({ params: {}, systemPrompt: '' });
  lanes = $state.raw<readonly LaneSetup[]>([]);
  repeats = $state.raw(1);
  gridRows = $state.raw<readonly GridRow[]>([]);
  checks = $state.raw<readonly BatchCheck[]>([]);
  expected = $state.raw('');
  concurrency = $state.raw<Readonly<Record<string, number>>>({});
  upstreams = $state.raw<readonly BatchUpstream[]>([]);

  format = $derived(this.chosenFormat ?? guessFormat(this.dataText, this.fileName));
  read = $derived.by((): ReadData => {
    if (this.fileProblems.length > 0) return { problems: this.fileProblems };
    return this.dataText.trim() === '' ? { problems: [] } : readDataSet(this.dataText, this.format);
  });
  data = $derived('data' in this.read ? this.read.data : nothing);
  dataProblems = $derived('problems' in this.read ? this.read.problems : []);
  grid = $derived.by((): ParamGrid => {
    const rows = this.gridRows.map(({ param, values }) => [param, readValues(values) ?? []]);
    return Object.fromEntries(rows) as ParamGrid;
  });

  run = $derived.by((): BatchRun => {
    const isUsed = (id: string): boolean => this.lanes.some(({ backendId }) => backendId === id);
    const limits = Object.entries(this.concurrency).filter(([id]) => isUsed(id));
    return {
      title: this.title.trim() || titleFrom(this.prompt),
      data: this.data,
      prompt: this.prompt,
      lanes: this.lanes,
      common: this.common,
      repeats: this.repeats,
      grid: this.grid,
      checks: this.checks,
      expected: this.expected,
      concurrency: Object.fromEntries(limits),
      upstreams: this.upstreams,
    };
  });
  size = $derived(planBatch(this.run).size);

  /** What is still in the way, as sentences; empty when it can start. */
  problems = $derived.by((): string[] => {
    const badRow = this.gridRows.find(({ values }) => readValues(values) === undefined);
    return [
      ...(this.data.items.length === 0 ? ['There is no data set yet.'] : []),
      ...(badRow ? [`The values to try of ${badRow.param} must be numbers with commas between them.`] : []),
      ...(this.data.items.length === 0 ? [] : runProblems(this.run)),
    ];
  });

  /** @param name absent for what was pasted */
  setData(text: string, name = ''): void {
    this.fileProblems = [];
    this.dataText = text;
    this.fileName = name;
  }

  async setFile(file: File): Promise<void> {
    const decoded = decodeText(new Uint8Array(await file.arrayBuffer()));
    if ('text' in decoded) this.setData(decoded.text, file.name);
    else {
      this.setData('', file.name);
      this.fileProblems = decoded.problems;
    }
  }

  /** Everything of a run file, or of a batch that is to be run again. */
  take(run: BatchRun): void {
    const { data, grid, ...others } = run;
    this.setData(data.items.map((item) => JSON.stringify(item)).join('\n'));
    this.chosenFormat = 'jsonl';
    this.gridRows = Object.entries(grid).map(([param, values]) => {
      return { param: param as ParamName, values: values.map((value) => JSON.stringify(value)).join(', ') };
    });
    Object.assign(this, others);
  }
}
