/** The browser's own permission for calls to this device or its network, as far as a page can ask about it. */
import type { ServerConnection } from '../../core/connection';
import type { Case } from './case';
import { olderPermission, permissionFor } from './local-network';
import { mostLikely, type Verdict } from './verdict';

/** `not-needed` also where the browser knows no such permission. */
export type NetworkAccess = 'not-needed' | 'granted' | 'denied' | 'unasked' | 'insecure-page';

export async function networkAccess(one: Case, { baseUrl }: ServerConnection): Promise<NetworkAccess> {
  const { tools, checklist } = one;
  const name = permissionFor(new URL(baseUrl), new URL(tools.page.origin));
  if (!name) return 'not-needed';
  checklist.ask('Does the browser let this page call the local network?');
  const state = (await tools.permission(name)) ?? (await tools.permission(olderPermission));
  if (state === undefined && tools.page.isSecureContext) {
    checklist.note('unclear', 'It does not say.');
    return 'not-needed';
  }
  if (!tools.page.isSecureContext) {
    checklist.note('unclear', 'Some browsers do not, for a page that does not come from https or localhost.');
    return 'insecure-page';
  }
  const said = {
    granted: 'Yes.',
    denied: `No: the permission ${name} is denied.`,
    prompt: 'It has not been allowed yet.',
  };
  const access = { granted: 'granted', denied: 'denied', prompt: 'unasked' } as const;
  checklist.note(state === 'granted' ? 'good' : 'bad', said[state ?? 'prompt']);
  return access[state ?? 'prompt'];
}

/** A request waits while the browser asks the person. */
export async function waitsForPermission(
  one: Case,
  connection: ServerConnection,
  why: string,
): Promise<Verdict | undefined> {
  if ((await networkAccess(one, connection)) !== 'unasked') return undefined;
  return mostLikely({
    cause: 'local-network-unasked',
    why: `${why} The browser is probably asking you whether this page may.`,
  });
}
