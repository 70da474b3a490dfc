/** One turn that is judged without names: the order in which its answers stand, and which pair is next. */
import { type Pair, pairsToJudge } from '../../compare/judge/blind/pairs-to-judge';
import { shuffled } from '../../compare/judge/blind/shuffled';
import type { Vote, VoteOutcome } from '../../core/vote';
import { randomBelow } from '../../platform/random-below';
import { newId } from '../new-id';
import { type Candidate, type Turn, voteSide } from './candidates-of';
import type { VoteLog } from './vote-log.svelte';

/** An answer under the name that it has while nobody is to know whose it is. */
export interface BlindAnswer extends Candidate {
  /** `Answer A` */
  readonly name: string;
}

export class BlindRound {
  /** The same for the same answers. */
  readonly key: string;
  /** By their names. */
  readonly answers: readonly BlindAnswer[];
  readonly pairs: readonly Pair<BlindAnswer>[];

  readonly #log: VoteLog;
  readonly #comparisonId: string;
  readonly #prompt: string;
  readonly #onSeen: () => void;
  #isEnded = $state.raw(false);

  /** Of each pair the vote over it, where there is one. */
  get voted(): readonly (Vote | undefined)[] {
    const own = this.#log.all.filter(
      ({ comparisonId, judge }) => comparisonId === this.#comparisonId && judge.kind === 'person',
    );
    return this.pairs.map((pair) => {
      const ids = pair.map(({ answer }) => answer.id);
      return own.find(({ left, right }) => ids.includes(left.answerId) && ids.includes(right.answerId));
    });
  }

  /** The pair to vote on; undefined after the last. */
  get next(): Pair<BlindAnswer> | undefined {
    if (this.#isEnded) return undefined;
    const { voted } = this;
    return this.pairs.find((_, index) => !voted[index]);
  }

  get isRevealed(): boolean {
    return this.next === undefined;
  }

  /** @param onSeen the names are shown before all votes are given: to be kept in mind beyond this page */
  constructor(comparisonId: string, { prompt, candidates }: Turn, log: VoteLog, onSeen: () => void) {
    this.key = roundKey(candidates);
    this.#comparisonId = comparisonId;
    this.#prompt = prompt;
    this.#log = log;
    this.#onSeen = onSeen;
    this.answers = shuffled(candidates, randomBelow).map((candidate, place): BlindAnswer => {
      return { ...candidate, name: `Answer ${String.fromCharCode(65 + place)}` };
    });
    const before = log.all;
    const votesOver = (one: string, other: string): number =>
      before.filter(({ left, right }) => {
        const keys = [left.modelKey, right.modelKey];
        return keys.includes(one) && keys.includes(other);
      }).length;
    this.pairs = pairsToJudge(this.answers, votesOver, randomBelow);
  }

  vote(outcome: VoteOutcome): void {
    if (!this.next) return;
    const [left, right] = this.next;
    this.#log.add({
      id: newId(),
      comparisonId: this.#comparisonId,
      createdAt: Date.now(),
      prompt: this.#prompt,
      left: voteSide(left),
      right: voteSide(right),
      outcome,
      judge: { kind: 'person' },
    });
  }

  /** The names are shown, so that what was not voted on by now never can be. */
  reveal(): void {
    this.#isEnded = true;
    this.#onSeen();
  }

  /** Takes the last vote of this round back. Names that were seen stay seen. */
  undo(): void {
    const { voted } = this;
    const last = this.#log.all.findLast(({ id }) => voted.some((vote) => vote?.id === id));
    if (!last) return;
    if (this.isRevealed) this.reveal();
    this.#log.takeBack(last.id);
  }
}

export function roundKey(candidates: readonly Candidate[]): string {
  return candidates
    .map(({ answer }) => answer.id)
    .sort()
    .join(' ');
}
