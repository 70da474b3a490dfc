/** A backend's state as a word and a tone. */
import type { BackendState } from '../../state/backend-entry';

export interface StateDescription {
  readonly word: string;
  readonly tone: 'good' | 'bad' | 'neutral';
}

const descriptions: Record<BackendState, StateDescription> = {
  checking: { word: 'checking…', tone: 'neutral' },
  ready: { word: 'ready', tone: 'good' },
  unreachable: { word: 'does not answer', tone: 'neutral' },
  unauthorized: { word: 'needs a key', tone: 'bad' },
  misconfigured: { word: 'answers wrongly', tone: 'bad' },
  unsupported: { word: 'not possible in this browser', tone: 'bad' },
};

export function describeState(state: BackendState): StateDescription {
  return descriptions[state];
}
