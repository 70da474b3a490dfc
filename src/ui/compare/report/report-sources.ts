/** What a report needs beyond the comparison itself. */
import type { FigureSources } from '../../../compare/figures/answer-figures';
import type { LaneSetup } from '../../../core/comparison';
import type { AnswerMessage } from '../../../core/conversation';

export interface ReportSources {
  /** For people: who answers in a lane. */
  readonly labelOf: (lane: LaneSetup) => string;
  readonly sourcesOf: (answer: AnswerMessage) => FigureSources;
  readonly currency: string;
}
