/** Local Network Access (PROTOCOLS G): which permission a page needs before the browser lets it call an address. */

/** The names that browsers know now; the first one of Chrome 142 to 144 stands for both. */
export type NetworkPermission = 'loopback-network' | 'local-network';
export const olderPermission = 'local-network-access';

/**
 * Undefined where no permission is needed: the target is public, or no closer to this device than the page.
 * Only names and literal addresses are known to a page, so a name that is looked up to a private address
 * counts as public.
 */
export function permissionFor(target: URL, page: URL): NetworkPermission | undefined {
  const from = spaceOf(page.hostname);
  const to = spaceOf(target.hostname);
  if (to === 'public' || from === 'loopback' || from === to) return undefined;
  return to === 'loopback' ? 'loopback-network' : 'local-network';
}

export type AddressSpace = 'loopback' | 'local' | 'public';

export function spaceOf(hostname: string): AddressSpace {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127\./.test(host))
    return 'loopback';
  const isPrivate =
    /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)\d/.test(host) ||
    /^f[cd][0-9a-f]{2}:|^fe80:/.test(host);
  return isPrivate || host.endsWith('.local') ? 'local' : 'public';
}
