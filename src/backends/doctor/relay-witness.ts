/** Asks the relay what it sees: it knows no CORS, no mixed content and no permissions. */
import type { UpstreamStatus } from '../../../relay/contract';
import type { ServerConnection } from '../../core/connection';
import { upstreamAt, type Case } from './case';
import { spaceOf } from './local-network';

/** The relay's view of a server; undefined where it has none, or means another machine by the same address. */
export async function askWitness(
  { tools, checklist, signal }: Case,
  { baseUrl }: ServerConnection,
): Promise<UpstreamStatus | undefined> {
  checklist.ask('Does the relay reach it?');
  const view = await tools.askRelay(signal);
  const witness = upstreamAt(view, baseUrl);
  const isSameMachine = spaceOf(new URL(tools.page.origin).hostname) === 'loopback';
  if (view.state !== 'answers') checklist.note('unclear', 'The relay does not answer.');
  else if (!witness) checklist.note('unclear', 'The relay does not know this server.');
  else if (!isSameMachine && spaceOf(new URL(baseUrl).hostname) === 'loopback') {
    checklist.note('unclear', 'It calls its own machine by this address, and this browser another one.');
    return undefined;
  } else if (witness.state === 'ready') checklist.note('good', 'Yes.');
  else checklist.note('bad', witness.error?.message ?? 'No.');
  return witness;
}
