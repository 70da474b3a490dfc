/** The checks of one comparison, and what came out for each answer. They run when the person says so. */
import { SvelteMap } from 'svelte/reactivity';
import { runCheck } from '../../compare/judge/checks/run-check';
import type { CheckRunners } from '../../compare/judge/checks/check';
import type { Check, CheckResult } from '../../core/check';
import { matchPattern } from '../../platform/apart/match-pattern';
import { runInSandbox } from '../../platform/apart/run-in-sandbox';
import type { Candidate } from './candidates-of';
import type { JudgedSession } from './judged-session';

const runners: CheckRunners = { matchesPattern: matchPattern, runCode: runInSandbox };

export class AnswerChecks {
  isRunning = $state.raw(false);

  readonly #session: Pick<JudgedSession, 'row' | 'change'>;
  /** By answer and check: a check that was changed has no result yet. */
  readonly #results = new SvelteMap<string, CheckResult>();

  constructor(session: Pick<JudgedSession, 'row' | 'change'>) {
    this.#session = session;
  }

  get list(): readonly Check[] {
    return this.#session.row.checks ?? [];
  }

  add(check: Check): void {
    this.#session.change({ checks: [...this.list, check] });
  }

  remove(index: number): void {
    this.#session.change({ checks: this.list.toSpliced(index, 1) });
  }

  result(answerId: string, check: Check): CheckResult | undefined {
    return this.#results.get(keyOf(answerId, check));
  }

  async run(candidates: readonly Candidate[]): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    const runs = candidates.flatMap(({ answer, prompt }) =>
      this.list.map(async (check) => {
        const result = await runCheck(check, answer.text, { prompt, expected: '' }, runners);
        this.#results.set(keyOf(answer.id, check), result);
      }),
    );
    // A check never throws: what goes wrong with it is its result.
    await Promise.all(runs);
    this.isRunning = false;
  }
}

function keyOf(answerId: string, check: Check): string {
  return `${answerId} ${JSON.stringify(check)}`;
}
