/** Who calls: one of the relay's tokens as a bearer, or the cookie that stands for it in the page. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { TokenSettings } from '../settings/settings';
import { Caller } from './caller';
import type { CallerHeaders } from './caller-headers';

const lifetimeSeconds = 30 * 24 * 3600;

interface Known {
  readonly caller: Caller;
  readonly value: string;
  readonly digest: Buffer;
}

/**
 * The cookie holds the name of the token it was got with, its expiry and an HMAC of both under that token,
 * never the token: cookies are shared by all ports of a host, so another local server may see it. With the
 * token its cookies die, too.
 */
export class Session {
  readonly #known: readonly Known[];
  readonly #byName: ReadonlyMap<string, Known>;
  readonly #cookieName: string;
  readonly #anyone = new Caller({ name: 'anyone' });

  constructor(tokens: readonly TokenSettings[], port: number) {
    this.#known = tokens.map((token) => ({
      caller: new Caller(token),
      value: token.value,
      digest: digestOf(token.value),
    }));
    this.#byName = new Map(this.#known.map((one) => [one.caller.name, one]));
    this.#cookieName = `switchyard-${port}`;
  }

  /** `undefined` for one without a token or cookie that counts. */
  callerOf(headers: CallerHeaders): Caller | undefined {
    return this.bearerOf(headers) ?? this.#cookieOwner(headers.cookie);
  }

  /** Only by the token itself, as needed to get the cookie. Where the relay has none, anyone. */
  bearerOf({ authorization }: CallerHeaders): Caller | undefined {
    if (this.#known.length === 0) return this.#anyone;
    const given = /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (given === undefined) return undefined;
    // Digests are all of one length, and every one is compared: the time tells nothing of any token.
    const digest = digestOf(given);
    let found: Caller | undefined;
    for (const one of this.#known) if (timingSafeEqual(digest, one.digest)) found = one.caller;
    return found;
  }

  /** The value of a `Set-Cookie` header; `undefined` where there is nothing to sign in to. */
  newCookie({ name }: Caller, isSecure: boolean): string | undefined {
    const known = this.#byName.get(name);
    if (!known) return undefined;
    const expires = String(Math.floor(Date.now() / 1000) + lifetimeSeconds);
    return this.#cookie(`${expires}.${name}.${sign(known.value, expires, name)}`, lifetimeSeconds, isSecure);
  }

  /** Makes the browser forget its cookie. */
  endedCookie(isSecure: boolean): string {
    return this.#cookie('', 0, isSecure);
  }

  #cookie(value: string, seconds: number, isSecure: boolean): string {
    const attributes = `Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict`;
    return `${this.#cookieName}=${value}; ${attributes}${isSecure ? '; Secure' : ''}`;
  }

  #cookieOwner(cookies: string | undefined): Caller | undefined {
    const own = cookies?.split(/; */).find((one) => one.startsWith(`${this.#cookieName}=`));
    const [expires, name, signature] = own?.slice(this.#cookieName.length + 1).split('.') ?? [];
    if (expires === undefined || name === undefined || signature === undefined) return undefined;
    const known = this.#byName.get(name);
    if (!known) return undefined;
    const isGenuine = timingSafeEqual(digestOf(signature), digestOf(sign(known.value, expires, name)));
    return isGenuine && Number(expires) * 1000 > Date.now() ? known.caller : undefined;
  }
}

function sign(token: string, expires: string, name: string): string {
  return createHmac('sha256', token).update(`session ${expires} ${name}`).digest('base64url');
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
