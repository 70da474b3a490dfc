/** Judging without names, for one comparison: while it is on, nothing shows which lane an answer comes from. */
import { untrack } from 'svelte';
import { BlindRound, roundKey } from './blind-round.svelte';
import { turnOf } from './candidates-of';
import type { JudgedSession } from './judged-session';
import type { VoteLog } from './vote-log.svelte';

export class BlindArena {
  readonly #session: JudgedSession;
  readonly #log: VoteLog;
  #round: BlindRound | undefined;

  isOn = $derived.by(() => this.#session.row.blindSince !== undefined);

  /** The newest turn, of answers that nobody has seen; undefined while there is none. */
  turn = $derived.by(() => {
    const since = this.#session.row.blindSince;
    const turn = since === undefined ? undefined : turnOf(this.#session.lanes);
    const isUnseen = turn?.candidates.every(({ answer }) => answer.createdAt >= (since ?? 0));
    return isUnseen ? turn : undefined;
  });

  /** What can be voted on or was; undefined while answers are written, or where there are no two to compare. */
  round = $derived.by((): BlindRound | undefined => {
    const { id, isAnswering, lanes } = this.#session;
    if (!this.isOn || !this.#log.isOpen || isAnswering) return undefined;
    const key = roundKey(turnOf(lanes)?.candidates ?? []);
    // The draw stays while the answers are the same.
    if (this.#round?.key === key) return this.#round;
    const { turn } = this;
    if (!turn || turn.candidates.length < 2) return undefined;
    this.#round = untrack(() => new BlindRound(id, turn, this.#log, () => this.start()));
    return this.#round;
  });

  /** Lanes, names and figures must not be shown. */
  isHiding = $derived.by(() => this.isOn && !(this.round?.isRevealed ?? false));

  constructor(session: JudgedSession, log: VoteLog) {
    this.#session = session;
    this.#log = log;
  }

  /** Reads the votes there are, without which nothing is put to the vote. */
  open(): void {
    this.#log.open();
  }

  /** From here on: what was answered before has been seen. */
  start(): void {
    this.#session.target = undefined;
    this.#session.change({ blindSince: Date.now() });
  }

  /** What was not voted on stays without a vote: its names are seen now. */
  end(): void {
    this.#round = undefined;
    this.#session.change({ blindSince: undefined });
  }
}
