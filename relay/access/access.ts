/** The checks that every request passes first: Host against DNS rebinding, Origin against other sites, then the token. */
import type { Caller } from './caller';
import type { CallerHeaders } from './caller-headers';
import { hostNameOf, ownHostNames } from '../settings/host-names';
import type { RelayError } from '../replies/relay-error';
import type { HeaderPair } from '../replies/security-headers';
import { Session } from './session';
import type { RelaySettings } from '../settings/settings';

const noHeaders: readonly HeaderPair[] = [];

const wrongHost: RelayError = {
  status: 403,
  code: 'unauthorized',
  message: 'The relay is not called by this host name. Add the name to RELAY_ALLOWED_HOSTS if it is yours.',
};
const wrongOrigin: RelayError = {
  status: 403,
  code: 'unauthorized',
  message:
    'Pages of this origin may not call the relay. Add the origin to RELAY_ALLOWED_ORIGINS if it is yours.',
};
export const noToken: RelayError = {
  status: 401,
  code: 'unauthorized',
  message: 'The relay needs its token: send it as "Authorization: Bearer …", or sign in from the page.',
};

export class Access {
  readonly session: Session;
  /** By which the relay itself is reached. */
  readonly #scheme: 'http' | 'https';
  readonly #hosts: ReadonlySet<string>;
  /** Allowed origins with the headers that let them read the reply. */
  readonly #origins: ReadonlyMap<string, readonly HeaderPair[]>;
  /** Caches must not give the reply for one origin to another. */
  readonly #vary: readonly HeaderPair[];

  constructor({ host, port, tokens, tls, allowedHosts, allowedOrigins }: RelaySettings) {
    this.session = new Session(tokens, port);
    this.#scheme = tls ? 'https' : 'http';
    this.#hosts = new Set([...ownHostNames(host), ...allowedHosts]);
    this.#origins = new Map(allowedOrigins.map((origin) => [origin, corsHeaders(origin)]));
    this.#vary = allowedOrigins.length > 0 ? [['vary', 'Origin']] : noHeaders;
  }

  /** Host and Origin. `isData` is false for the files of the page, which any site may link to. */
  refusal(headers: CallerHeaders, isData: boolean): RelayError | undefined {
    const { host, origin } = headers;
    if (host === undefined || !this.#isOwnHost(host)) return wrongHost;
    if (origin !== undefined) return this.#isOwnOrigin(origin, host) ? undefined : wrongOrigin;
    // A browser leaves Origin out of plain GETs; there this header tells a foreign page from ours.
    const site = headers['sec-fetch-site'];
    return isData && (site === 'cross-site' || site === 'same-site') ? wrongOrigin : undefined;
  }

  /** `undefined` for one who must be answered with `noToken`. */
  callerOf(headers: CallerHeaders, needs: 'token-or-cookie' | 'token'): Caller | undefined {
    return needs === 'token' ? this.session.bearerOf(headers) : this.session.callerOf(headers);
  }

  /** Whether the browser got the page by https, from the relay itself or from a proxy before it. */
  isSecure({ origin }: CallerHeaders): boolean {
    return this.#scheme === 'https' || (origin?.startsWith('https:') ?? false);
  }

  /** Headers for the reply, whatever its status, that let an allowed origin read it. */
  corsHeaders({ origin }: CallerHeaders): readonly HeaderPair[] {
    if (origin === undefined) return this.#vary;
    return this.#origins.get(origin) ?? this.#vary;
  }

  #isOwnHost(header: string): boolean {
    const name = hostNameOf(header);
    return name !== undefined && (this.#hosts.has(name) || this.#hosts.has(header.toLowerCase()));
  }

  /** Ours is the very origin that the request was sent to; `null` and every other one must be on the list. */
  #isOwnOrigin(origin: string, host: string): boolean {
    return origin === `${this.#scheme}://${host}` || this.#origins.has(origin);
  }
}

function corsHeaders(origin: string): readonly HeaderPair[] {
  return [
    ['access-control-allow-origin', origin],
    ['access-control-expose-headers', 'Content-Length, Content-Range, ETag, Retry-After, X-Request-Id'],
    ['vary', 'Origin'],
  ];
}
