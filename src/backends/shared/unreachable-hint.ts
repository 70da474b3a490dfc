/** What to check when `fetch` fails without saying why, which is all that a browser lets a page know. */
import type { ServerConnection } from '../../core/connection';

export function unreachableHint(connection: ServerConnection): string {
  if (connection.via === 'relay') return 'Start it again (npm start), then reload this page.';
  const origin = pageOrigin() ?? 'the address of this page';
  const steps = ['Is it running, and are address and port right?', allowOrigin(connection, origin)];
  if (connection.kind === 'instructlab') steps.push('It may also be busy: it answers one request at a time.');
  if (connection.kind === 'vllm') steps.push('A wrong or missing key looks the same from a page.');
  if (origin.startsWith('https:') && connection.baseUrl.startsWith('http:')) {
    steps.push('A page from https may not call most http servers.');
  }
  steps.push('The browser may have denied access to the local network. The relay avoids these limits.');
  return steps.join(' ');
}

function allowOrigin({ kind }: ServerConnection, origin: string): string {
  if (kind === 'ollama') return `Does it allow this page (start it with OLLAMA_ORIGINS=${origin})?`;
  if (kind === 'vllm') return `Does it allow this page (start it with --allowed-origins '["${origin}"]')?`;
  return `Does it allow calls from ${origin} (CORS)?`;
}

function pageOrigin(): string | undefined {
  return typeof location === 'undefined' ? undefined : location.origin;
}
