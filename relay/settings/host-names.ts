/** Spelling of host names: which ones mean this machine, and how a Host header splits. */
import { networkInterfaces } from 'node:os';

/** A name, an IPv4 address or a bracketed IPv6 address, and perhaps a port. */
const hostHeader = /^(\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)(:[0-9]{1,5})?$/;

const loopbackNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The host of a Host header without its port, lower case; undefined when it is no proper one. */
export function hostNameOf(header: string): string | undefined {
  return hostHeader.exec(header.toLowerCase())?.[1];
}

export function isLoopback(host: string): boolean {
  return loopbackNames.has(inUrl(host)) || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/** IPv6 addresses need brackets in a URL and in a Host header. */
export function inUrl(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host.toLowerCase();
}

export function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::' || host === '[::]';
}

/**
 * The names under which a relay that listens on `host` is called. An address of this machine is safe to
 * accept: DNS rebinding needs a name that the attacker owns, and an address is no name.
 */
export function ownHostNames(host: string): ReadonlySet<string> {
  const names = new Set([...loopbackNames, inUrl(host)]);
  if (!isWildcard(host)) return names;
  names.delete(inUrl(host));
  for (const addresses of Object.values(networkInterfaces())) {
    for (const { address } of addresses ?? []) names.add(inUrl(address));
  }
  return names;
}
