/** The state of a backend, or of the page as a whole, as a word and a tone. */
import type { BackendStatus } from '../../state/backend-status';

export interface StateDescription {
  readonly word: string;
  readonly tone: 'good' | 'bad' | 'neutral' | 'busy';
}

const descriptions: Record<BackendStatus['state'], StateDescription> = {
  checking: { word: 'checking…', tone: 'busy' },
  loading: { word: 'loading…', tone: 'busy' },
  'no-model': { word: 'no model yet', tone: 'neutral' },
  ready: { word: 'ready', tone: 'good' },
  unreachable: { word: 'does not answer', tone: 'neutral' },
  unauthorized: { word: 'needs a key', tone: 'bad' },
  misconfigured: { word: 'answers wrongly', tone: 'bad' },
  unsupported: { word: 'not possible in this browser', tone: 'bad' },
};

export function describeState(state: BackendStatus['state']): StateDescription {
  return descriptions[state];
}
