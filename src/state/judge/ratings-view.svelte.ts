/** What the ratings screen shows: the votes of one judge or of all, and the ratings that follow from them. */
import { judgeAgreement } from '../../compare/judge/ratings/judge-agreement';
import { lengthBallots } from '../../compare/judge/ratings/length-ballots';
import type { LengthEffect } from '../../compare/judge/ratings/length-effect';
import { pairCounts } from '../../compare/judge/ratings/pair-counts';
import type { Rating } from '../../compare/judge/ratings/rate-models';
import { reckonLengthEffect, reckonRatings } from '../../compare/judge/ratings/reckon-ratings';
import { voteBiases } from '../../compare/judge/ratings/vote-biases';
import { judgeKey, type Vote } from '../../core/vote';
import { BackendError } from '../../core/backend-error';
import { groupBy } from '../../platform/group-by';
import type { VoteLog } from './vote-log.svelte';

export interface JudgeOption {
  readonly key: string;
  /** For people. */
  readonly name: string;
  readonly votes: number;
}

export class RatingsView {
  /** Undefined for the first of the judges. */
  chosen = $state.raw<string>();
  ratings = $state.raw<readonly Rating[]>([]);
  /** Absent where too few votes are over answers of two lengths. */
  lengthEffect = $state.raw<LengthEffect>();
  isReckoning = $state.raw(false);
  error = $state.raw<BackendError>();

  readonly log: VoteLog;
  #abort: AbortController | undefined;

  /** The person first, for whom the ratings are made. */
  judges = $derived.by((): readonly JudgeOption[] =>
    [...groupBy(this.log.all, judgeKey)]
      .map(([key, votes]) => ({ key, name: nameOf(votes.at(-1)), votes: votes.length }))
      .sort((a, b) => Number(b.key === 'person') - Number(a.key === 'person') || b.votes - a.votes),
  );

  /** `all`, or the key of a judge. */
  judge = $derived.by(() => {
    const isThere = this.chosen === 'all' || this.judges.some(({ key }) => key === this.chosen);
    return (isThere ? this.chosen : this.judges[0]?.key) ?? 'all';
  });

  votes = $derived.by(() =>
    this.judge === 'all' ? this.log.all : this.log.all.filter((vote) => judgeKey(vote) === this.judge),
  );

  biases = $derived.by(() => voteBiases(this.votes));
  bothBad = $derived.by(() => this.votes.filter(({ outcome }) => outcome === 'both-bad').length);

  /** Of each model that judges with the person. */
  agreements = $derived.by(() => {
    const of = (wanted: string): readonly Vote[] => this.log.all.filter((vote) => judgeKey(vote) === wanted);
    return this.judges
      .filter(({ key }) => key !== 'person')
      .map(({ key, name }) => ({ key, name, agreement: judgeAgreement(of('person'), of(key)) }))
      .filter(({ agreement }) => agreement.agreed.whole > 0);
  });

  #labels = $derived.by(() => labelsOf(this.log.all));

  constructor(log: VoteLog) {
    this.log = log;
  }

  /** As it was called last. */
  labelOf(modelKey: string): string {
    return this.#labels.get(modelKey) ?? modelKey;
  }

  /** To be called for each new list of votes; only the newest counts. */
  async reckon(votes: readonly Vote[]): Promise<void> {
    this.#abort?.abort();
    const abort = (this.#abort = new AbortController());
    this.isReckoning = true;
    try {
      const ballots = votes.map(({ left, right, outcome }) => {
        return { left: left.modelKey, right: right.modelKey, outcome };
      });
      this.ratings = await reckonRatings(pairCounts(ballots), abort.signal);
      this.lengthEffect = await reckonLengthEffect(lengthBallots(votes), abort.signal);
      this.error = undefined;
      this.isReckoning = false;
    } catch (thrown) {
      if (abort.signal.aborted) return;
      this.error = BackendError.from(thrown);
      this.isReckoning = false;
    }
  }

  /** One vote a line, as they are kept. */
  toJsonLines(): string {
    return this.votes.map((vote) => `${JSON.stringify(vote)}\n`).join('');
  }
}

function labelsOf(votes: readonly Vote[]): ReadonlyMap<string, string> {
  const sides = votes.flatMap(({ left, right }) => [left, right]);
  return new Map(sides.map(({ modelKey, label }) => [modelKey, label]));
}

function nameOf(vote: Vote | undefined): string {
  return vote?.judge.kind === 'model' ? vote.judge.label : 'You, without names';
}
