/** What makes a conversation a lane: the comparison it belongs to, and the others it shares the machine with. */
import type { Turn, Wait } from '../compare/scheduling/lane-scheduler';
import type { Selection } from './setting-values';

export interface LaneTurn {
  readonly comparisonId: string;
  /**
   * Resolves when this lane may load its model and ask it.
   * @param choice the model that is to answer
   * @param onWait who is waited for, again at each change
   * @throws the signal's reason once it is aborted
   */
  takeTurn(choice: Selection, onWait: (wait: Wait) => void, signal: AbortSignal): Promise<Turn>;
}
