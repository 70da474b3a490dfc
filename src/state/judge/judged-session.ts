/** What judging asks of the comparison that it belongs to. */
import type { Comparison } from '../../core/comparison';
import type { Lane } from '../comparison/lane.svelte';

export interface JudgedSession {
  readonly id: string;
  readonly row: Comparison;
  readonly lanes: readonly Lane[];
  readonly isAnswering: boolean;
  /** Whom the next message goes to; undefined for all. */
  target: string | undefined;
  change(change: Partial<Pick<Comparison, 'blindSince' | 'checks'>>): void;
}
