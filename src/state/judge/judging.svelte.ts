/** All that judges the answers of one comparison: the person without names, a model, and checks. */
import { AnswerChecks } from './answer-checks.svelte';
import { BlindArena } from './blind-arena.svelte';
import { turnOf } from './candidates-of';
import type { JudgedSession } from './judged-session';
import { type JudgeHost, ModelJudge } from './model-judge.svelte';
import type { VoteLog } from './vote-log.svelte';

export class Judging {
  readonly log: VoteLog;
  readonly arena: BlindArena;
  readonly model: ModelJudge;
  readonly checks: AnswerChecks;

  readonly #session: JudgedSession;

  /** What can be judged now, with its names; undefined while answers are being written, and before the first. */
  turn = $derived.by(() => (this.#session.isAnswering ? undefined : turnOf(this.#session.lanes)));

  constructor(session: JudgedSession, host: JudgeHost) {
    this.#session = session;
    this.log = host.votes;
    this.arena = new BlindArena(session, host.votes);
    this.model = new ModelJudge(session, host);
    this.checks = new AnswerChecks(session);
  }
}
