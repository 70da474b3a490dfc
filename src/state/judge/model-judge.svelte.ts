/** A model that judges the answers of one comparison: each pair twice, with the places changed. */
import { pairsToJudge } from '../../compare/judge/blind/pairs-to-judge';
import { settleVerdicts } from '../../compare/judge/model-judge/settle-verdicts';
import { usualRubric } from '../../compare/judge/model-judge/usual-rubric';
import type { Turn as ScheduledTurn, Wait } from '../../compare/scheduling/lane-scheduler';
import { BackendError } from '../../core/backend-error';
import { turnedOutcome, type Vote } from '../../core/vote';
import { randomBelow } from '../../platform/random-below';
import { fullLabel } from '../backend-entry';
import type { ComparisonHost } from '../comparison/comparison-host';
import { modelKey } from '../model-key';
import { newId } from '../new-id';
import { occupancyOfChoice } from '../occupancy-of-choice';
import type { Selection } from '../setting-values';
import { askJudge } from './ask-judge';
import { type Candidate, type Turn, voteSide } from './candidates-of';
import type { JudgedSession } from './judged-session';

export type JudgeHost = Pick<ComparisonHost, 'backends' | 'settings' | 'votes' | 'scheduler' | 'origin'>;

/** For people, in a list of those that are waited for. */
const ownName = 'the judge';

export class ModelJudge {
  isRunning = $state.raw(false);
  /** Pairs of the run. */
  done = $state.raw(0);
  total = $state.raw(0);
  /** Present while lanes have what it needs. */
  wait = $state.raw<Wait>();
  /** Why a pair has no verdict; of the last run. */
  problems = $state.raw<readonly string[]>([]);

  readonly #session: Pick<JudgedSession, 'id' | 'row'>;
  readonly #host: JudgeHost;
  #abort: AbortController | undefined;

  constructor(session: Pick<JudgedSession, 'id' | 'row'>, host: JudgeHost) {
    this.#session = session;
    this.#host = host;
  }

  /** Null where none was chosen, or its backend is not set up any more. */
  get choice(): Selection | null {
    const { judge } = this.#host.settings.values;
    return judge && this.#host.backends.entry(judge.backendId) ? judge : null;
  }

  get rubric(): string {
    return this.#host.settings.values.judgeRubric.trim() || usualRubric;
  }

  choose(choice: Selection): void {
    this.#host.settings.set('judge', choice);
  }

  /** @param rubric empty for the usual one */
  changeRubric(rubric: string): void {
    this.#host.settings.set('judgeRubric', rubric.trim() === usualRubric ? '' : rubric);
  }

  /** What it said of the answers of a turn, by this rubric. */
  votesOver({ candidates }: Turn): readonly Vote[] {
    const { choice, rubric } = this;
    if (!choice) return [];
    const ids = candidates.map(({ answer }) => answer.id);
    return this.#host.votes.all.filter(
      ({ judge, left, right }) =>
        judge.kind === 'model' &&
        judge.modelKey === modelKey(choice) &&
        judge.rubric === rubric &&
        ids.includes(left.answerId) &&
        ids.includes(right.answerId),
    );
  }

  /** Pairs that it has not judged yet. What fails is told, and the others go on. */
  async run(turn: Turn): Promise<void> {
    const { choice } = this;
    if (!choice || this.isRunning) return;
    const judged = this.votesOver(turn).map(({ left, right }) => pairKey(left.answerId, right.answerId));
    const pairs = pairsToJudge(turn.candidates, () => 0, randomBelow).filter(
      ([left, right]) => !judged.includes(pairKey(left.answer.id, right.answer.id)),
    );
    const abort = (this.#abort = new AbortController());
    this.isRunning = true;
    this.problems = [];
    this.done = 0;
    this.total = pairs.length;
    try {
      for (const [left, right] of pairs) {
        await this.#judge(choice, left, right, abort.signal);
        if (abort.signal.aborted) return;
        this.done += 1;
      }
    } finally {
      this.isRunning = false;
    }
  }

  stop(): void {
    this.#abort?.abort();
  }

  async #judge(choice: Selection, left: Candidate, right: Candidate, signal: AbortSignal): Promise<void> {
    const { backends, votes } = this.#host;
    const { rubric } = this;
    const question = { choice, rubric, prompt: left.prompt };
    const [one, other] = [left.answer.text, right.answer.text];
    let place: ScheduledTurn | undefined;
    try {
      place = await this.#takeTurn(choice, signal);
      const asHere = await askJudge(backends, { ...question, answerA: one, answerB: other }, signal);
      const turned = await askJudge(backends, { ...question, answerA: other, answerB: one }, signal);
      const verdicts = [asHere.outcome, turnedOutcome(turned.outcome)] as const;
      votes.add({
        id: newId(),
        comparisonId: this.#session.id,
        createdAt: Date.now(),
        prompt: left.prompt,
        left: voteSide(left),
        right: voteSide(right),
        outcome: settleVerdicts(verdicts),
        judge: {
          kind: 'model',
          modelKey: modelKey(choice),
          label: fullLabel(backends.entry(choice.backendId), choice),
          rubric,
          verdicts,
          reason: asHere.reason,
        },
      });
    } catch (thrown) {
      if (signal.aborted) return;
      const names = `${left.lane.name} and ${right.lane.name}`;
      this.problems = [...this.problems, `${names}: ${BackendError.from(thrown).message}`];
    } finally {
      this.wait = undefined;
      place?.release();
    }
  }

  /** As a lane does: beside one on the same card or processor it would spoil the figures of both. */
  async #takeTurn(choice: Selection, signal: AbortSignal): Promise<ScheduledTurn> {
    const occupancy = await occupancyOfChoice(this.#host, choice);
    const session = this.#session;
    const request = {
      ...occupancy,
      lane: ownName,
      get mode() {
        return session.row.mode;
      },
    };
    const turn = await this.#host.scheduler.take(request, (wait) => (this.wait = wait), signal);
    this.wait = undefined;
    return turn;
  }
}

function pairKey(one: string, other: string): string {
  return [one, other].sort().join(' ');
}
