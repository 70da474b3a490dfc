/** What makes a conversation a lane: the comparison it belongs to, and the others it shares the machine with. */
import type { Turn, Wait } from '../compare/scheduling/lane-scheduler';

export interface LaneTurn {
  readonly comparisonId: string;
  /**
   * Resolves when this lane may load its model and ask it.
   * @param onWait who is waited for, again at each change
   * @throws the signal's reason once it is aborted
   */
  takeTurn(onWait: (wait: Wait) => void, signal: AbortSignal): Promise<Turn>;
}
