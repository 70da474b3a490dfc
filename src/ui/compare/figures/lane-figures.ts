/** One lane as a column of the table of figures: of one answer, or the means of several. */
import { answerFigures, type FigureSources } from '../../../compare/figures/answer-figures';
import type { AnswerFigures } from '../../../compare/figures/figure';
import { meanFigures } from '../../../compare/figures/mean-figures';
import { startOf } from '../../../compare/figures/start-of';
import type { AnswerMessage, TimelinePoint } from '../../../core/conversation';
import { notesOfAll } from './note-words';

export interface NamedLane {
  readonly id: string;
  /** From 1. */
  readonly number: number;
  /** For people: `Lane 2`. */
  readonly name: string;
  /** Who answers. */
  readonly label: string;
}

export interface LaneFigures extends NamedLane {
  /** Empty while nothing is known. */
  readonly figures: AnswerFigures;
  /** Every answer was written to its end: one that was not has no total to be proud of. */
  readonly isWhole: boolean;
  /** Of the answers that the figures are of, in words. */
  readonly start: string;
  readonly notes: readonly string[];
  /** Of one answer; empty for a mean. */
  readonly timeline: readonly TimelinePoint[];
}

interface Shown {
  /** How many turns the table is over. */
  readonly turns: number;
  readonly sourcesOf: (answer: AnswerMessage) => FigureSources;
  readonly timelineOf: (answer: AnswerMessage) => readonly TimelinePoint[];
}

export function laneFigures(
  lane: NamedLane,
  answers: readonly AnswerMessage[],
  { turns, sourcesOf, timelineOf }: Shown,
): LaneFigures {
  const figures = answers.map((answer) => answerFigures(answer, sourcesOf(answer)));
  const [only] = answers;
  return {
    ...lane,
    label: only ? `${only.modelLabel} · ${only.backendLabel}` : lane.label,
    figures: turns > 1 ? meanFigures(figures) : (figures[0] ?? {}),
    isWhole: answers.every(({ state }) => state === 'done'),
    start: startWords(answers),
    notes: only ? notesOfAll(answers) : ['Was not asked.'],
    timeline: only && turns === 1 ? timelineOf(only) : [],
  };
}

function startWords(answers: readonly AnswerMessage[]): string {
  const known = answers.flatMap((answer) => startOf(answer) ?? []);
  const cold = known.filter((start) => start === 'cold').length;
  if (known.length === 0) return '—';
  if (answers.length === 1) return cold ? 'cold' : 'warm';
  return cold === 0 ? 'warm' : `cold: ${cold} of ${known.length}`;
}
