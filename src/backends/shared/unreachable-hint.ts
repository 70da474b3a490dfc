/** The short advice where `fetch` fails without saying why; the connection doctor looks closer. */
import type { ServerConnection } from '../../core/connection';

export function unreachableHint({ via }: ServerConnection): string {
  if (via === 'relay') return 'Start it again (npm start), then reload this page.';
  return 'It is not running at this address, or the browser may not call it. “Find out why” tells which.';
}
