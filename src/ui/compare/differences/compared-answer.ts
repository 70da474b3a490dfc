/** One answer of a turn, as the panel of differences needs it. */
import type { TokenProbability } from '../../../core/token-probability';

export interface ComparedAnswer {
  readonly laneId: string;
  /** From 1. */
  readonly number: number;
  /** For people: `Lane 2`. */
  readonly name: string;
  readonly label: string;
  readonly text: string;
  /** Where they were asked for. */
  readonly tokens: readonly TokenProbability[] | undefined;
}
