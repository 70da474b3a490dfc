/** A model that judges the answers of one comparison: each pair twice, with the places changed. */
import { pairsToJudge } from '../../compare/judge/blind/pairs-to-judge';
import { settleVerdicts } from '../../compare/judge/model-judge/settle-verdicts';
import { usualRubric } from '../../compare/judge/model-judge/usual-rubric';
import { BackendError } from '../../core/backend-error';
import { turnedOutcome, type Vote } from '../../core/vote';
import { randomBelow } from '../../platform/random-below';
import { fullLabel } from '../backend-entry';
import type { ComparisonHost } from '../comparison/comparison-host';
import { modelKey } from '../model-key';
import { newId } from '../new-id';
import type { Selection } from '../setting-values';
import { askJudge } from './ask-judge';
import { type Candidate, type Turn, voteSide } from './candidates-of';

type JudgeHost = Pick<ComparisonHost, 'backends' | 'settings' | 'votes'>;

export class ModelJudge {
  isRunning = $state.raw(false);
  /** Pairs of the run. */
  done = $state.raw(0);
  total = $state.raw(0);
  /** Why a pair has no verdict; of the last run. */
  problems = $state.raw<readonly string[]>([]);

  readonly #comparisonId: string;
  readonly #host: JudgeHost;
  #abort: AbortController | undefined;

  constructor(comparisonId: string, host: JudgeHost) {
    this.#comparisonId = comparisonId;
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
    try {
      const asHere = await askJudge(backends, { ...question, answerA: one, answerB: other }, signal);
      const turned = await askJudge(backends, { ...question, answerA: other, answerB: one }, signal);
      const verdicts = [asHere.outcome, turnedOutcome(turned.outcome)] as const;
      votes.add({
        id: newId(),
        comparisonId: this.#comparisonId,
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
    }
  }
}

function pairKey(one: string, other: string): string {
  return [one, other].sort().join(' ');
}
