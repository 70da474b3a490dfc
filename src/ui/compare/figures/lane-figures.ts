/** One lane as a column of the table of figures. */
import type { AnswerFigures } from '../../../compare/figures/figure';
import type { TimelinePoint } from '../../../core/conversation';

export interface LaneFigures {
  readonly id: string;
  /** From 1. */
  readonly number: number;
  /** For people: `Lane 2`. */
  readonly name: string;
  /** Who answered. */
  readonly label: string;
  /** Empty while nothing is known. */
  readonly figures: AnswerFigures;
  /** Of the answers that the figures are of, in words. */
  readonly start: string;
  readonly notes: readonly string[];
  /** Of one answer; empty for a mean. */
  readonly timeline: readonly TimelinePoint[];
}
