/** Asks the relay what it sees: it knows no CORS, no mixed content and no permissions. */
import type { UpstreamStatus } from '../../../relay/contract';
import type { ServerConnection } from '../../core/connection';
import { isAnotherForRelay, upstreamAt, type Case } from './case';

/** The relay's view of a server; undefined where it has none, or means another machine by the same address. */
export async function askWitness(
  { tools, checklist, signal }: Case,
  { baseUrl }: ServerConnection,
): Promise<UpstreamStatus | undefined> {
  checklist.ask('Does the relay reach it?');
  const view = await tools.askRelay(signal);
  const witness = upstreamAt(view, baseUrl);
  if (view.state !== 'answers') checklist.note('unclear', 'The relay does not answer.');
  else if (!witness) checklist.note('unclear', 'The relay does not know this server.');
  else if (isAnotherForRelay(baseUrl, tools)) {
    checklist.note('unclear', 'It calls its own machine by this address, and this browser another one.');
    return undefined;
  } else if (witness.state === 'ready') checklist.note('good', 'Yes.');
  else checklist.note('bad', witness.error?.message ?? 'No.');
  return witness;
}
