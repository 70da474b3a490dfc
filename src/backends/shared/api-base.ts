/** Where a server's root and its versioned API are, from an address written with or without `/v1`. */
import type { ServerConnection } from '../../core/connection';

export interface ApiBase {
  /** For routes beside the API, such as `/version`. No trailing slash. */
  readonly root: string;
  /** Prefix of `/models` and `/chat/completions`, relative to the root. */
  readonly api: string;
}

export function apiBase({ baseUrl, via }: ServerConnection): ApiBase {
  const address = baseUrl.replace(/\/+$/, '');
  // The relay knows the real address; an upstream's name may itself look like a version.
  if (via === 'relay') return { root: address, api: '/v1' };
  if (address.endsWith('/v1')) return { root: address.slice(0, -'/v1'.length), api: '/v1' };
  // Some services version elsewhere in the path, for example `/v1beta/openai`.
  return { root: address, api: /\/v\d[^/]*(\/|$)/.test(address) ? '' : '/v1' };
}
