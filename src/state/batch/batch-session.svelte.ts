/** One batch on the screen: what there is of it, and the run that goes on with it. */
import { checkAnswer } from '../../batch/check-answer';
import { type BatchPlan, planBatch } from '../../batch/plan/batch-plan';
import { cellRequest } from '../../batch/plan/cell-request';
import { CellLedger, type LedgerStanding } from '../../batch/running/cell-ledger';
import { cellQueues } from '../../batch/running/cell-queues';
import { runCells } from '../../batch/running/run-cells';
import type { Batch, BatchRun, CellResult } from '../../core/batch';
import { ifUnowned } from '../answer-lock';
import { isPlainModel } from '../is-plain-model';
import type { BatchHost } from './batch-host';
import { openPageLane, type PageLane } from './page-lane';

/** `pausing`: what runs comes to its end. `elsewhere`: another tab works on it. */
export type BatchPhase = 'reading' | 'idle' | 'running' | 'pausing' | 'elsewhere';

/** Milliseconds between two looks at what came; more where there is much to look at: the page must not only draw. */
const leastShowMs = 250;
const showMsPerResult = 0.05;

export class BatchSession {
  batch: Batch;
  phase = $state.raw<BatchPhase>('reading');
  /** In the order in which they came. */
  results = $state.raw<readonly CellResult[]>([]);
  standing: LedgerStanding;
  /** How many cells are being answered. */
  running = $state.raw(0);
  readonly plan: BatchPlan;

  readonly #host: BatchHost;
  #ledger: CellLedger;
  #runningNow = 0;
  #stop = new AbortController();
  #pause = new AbortController();
  #work: Promise<void> = Promise.resolve();
  #showing: ReturnType<typeof setTimeout> | undefined;

  constructor(batch: Batch, host: BatchHost) {
    this.batch = $state.raw(batch);
    this.#host = host;
    this.plan = planBatch(batch.run);
    // Where the lanes run is asked at the start; until then nothing is reckoned with it.
    this.#ledger = this.#newLedger();
    this.standing = $state.raw(this.#ledger.standing);
  }

  get id(): string {
    return this.batch.id;
  }

  get run(): BatchRun {
    return this.batch.run;
  }

  get isRunning(): boolean {
    return this.phase === 'running' || this.phase === 'pausing';
  }

  get isDone(): boolean {
    return this.standing.ended === this.plan.size;
  }

  /** Reads what is kept of it, unless it runs here. */
  async open(): Promise<void> {
    if (this.isRunning) return;
    try {
      for (const result of await this.#host.batches.readResults(this.id)) this.#ledger.add(result);
    } catch (thrown) {
      this.#host.notices.failed(thrown);
    }
    if (this.phase === 'reading') this.phase = 'idle';
    this.#show();
  }

  /** Begins, or goes on with what is open. */
  start(which: 'only' | 'and failed' = 'only'): void {
    if (this.isRunning) return;
    this.phase = 'running';
    [this.#stop, this.#pause] = [new AbortController(), new AbortController()];
    this.#work = this.#perform(which).catch((thrown: unknown) => this.#host.notices.failed(thrown));
  }

  /** What runs comes to its end, and nothing new begins. */
  pause(): void {
    if (this.phase !== 'running') return;
    this.phase = 'pausing';
    this.#pause.abort();
  }

  /** Ends what runs, too; resolves when nothing runs any more. */
  async stop(): Promise<void> {
    this.#pause.abort();
    this.#stop.abort();
    await this.#work;
  }

  rename(title: string): void {
    this.#save({ ...this.batch, run: { ...this.run, title } });
  }

  async #perform(which: 'only' | 'and failed'): Promise<void> {
    let isOurs = false;
    try {
      await ifUnowned(`batch ${this.id}`, async () => {
        isOurs = true;
        // Another tab may have gone on with it meanwhile.
        const kept = await this.#host.batches.readResults(this.id);
        const lanes = await this.#openLanes();
        this.#ledger = this.#newLedger(lanes);
        for (const result of kept) this.#ledger.add(result);
        const open = this.#ledger.open(which);
        await this.#runCells(open, lanes);
        this.#save(this.batch);
      });
    } finally {
      this.phase = isOurs ? 'idle' : 'elsewhere';
      this.#show();
    }
  }

  async #runCells(open: readonly number[], lanes: readonly PageLane[]): Promise<void> {
    const places = lanes.map(({ place }) => place);
    await runCells(cellQueues(this.plan, places, open), {
      stop: this.#stop.signal,
      pause: this.#pause.signal,
      attempt: (cell, attempt, signal) => this.#answer(cell, attempt, lanes, signal),
      keep: async (result) => {
        const { item, messages } = cellRequest(this.run, this.plan, this.plan.cellAt(result.cell));
        const prompt = messages.at(-1)?.text ?? '';
        const checked = await checkAnswer(this.run, item, prompt, result, this.#host.checks);
        await this.#host.batches.saveResult(this.id, checked);
        this.#ledger.add(checked);
        this.#showSoon();
      },
    });
  }

  async #answer(
    cell: number,
    attempt: number,
    lanes: readonly PageLane[],
    signal: AbortSignal,
  ): Promise<CellResult | undefined> {
    const planned = this.plan.cellAt(cell);
    const lane = lanes[planned.lane];
    if (!lane) throw new RangeError(`There is no lane for cell ${cell}.`);
    const request = () => {
      const { lane: setup, messages, params } = cellRequest(this.run, this.plan, planned);
      const isPlain = isPlainModel(this.#host.settings, setup);
      return { modelId: setup.modelId, messages, params, promptFormat: isPlain ? 'plain' : 'chat' } as const;
    };
    this.#runningNow++;
    this.#showSoon();
    const result = await lane.answer({ cell, attempt, request }, signal);
    this.#runningNow--;
    const setup = this.run.lanes[planned.lane];
    if (result?.error?.code === 'out-of-memory' && setup) {
      const { params } = cellRequest(this.run, this.plan, planned);
      await this.#host.backends.noteOutOfMemory(setup, params, result.loaded?.runsOn);
    }
    return result;
  }

  #openLanes(): Promise<PageLane[]> {
    return Promise.all(
      this.run.lanes.map((lane, index) => openPageLane(this.#host, this.run, lane, index + 1)),
    );
  }

  #newLedger(lanes: readonly PageLane[] = []): CellLedger {
    const unknown = { resource: '', group: '', limit: 1 };
    return new CellLedger(
      this.plan,
      this.run.lanes.map((_, index) => lanes[index]?.place ?? unknown),
    );
  }

  #showSoon(): void {
    const wait = Math.max(leastShowMs, showMsPerResult * this.standing.ended);
    this.#showing ??= setTimeout(() => this.#show(), wait);
  }

  #show(): void {
    clearTimeout(this.#showing);
    this.#showing = undefined;
    this.results = this.#ledger.results;
    this.standing = this.#ledger.standing;
    this.running = this.#runningNow;
  }

  #save(batch: Batch): void {
    this.batch = { ...batch, updatedAt: Date.now() };
    this.#host.batches.save(this.batch).catch((thrown: unknown) => this.#host.notices.failed(thrown));
  }
}
