/** Who may call: the relay's token as a bearer, or the cookie that stands for it in the page. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { CallerHeaders } from './caller-headers';

const lifetimeSeconds = 30 * 24 * 3600;

/**
 * The cookie holds its expiry and an HMAC of it under the token, never the token: cookies are shared by
 * all ports of a host, so another local server may see it.
 */
export class Session {
  readonly #token: Buffer | undefined;
  readonly #cookieName: string;

  constructor(token: string | undefined, port: number) {
    this.#token = token === undefined ? undefined : Buffer.from(token);
    this.#cookieName = `switchyard-${port}`;
  }

  isAuthorized(headers: CallerHeaders): boolean {
    return this.hasToken(headers) || this.#hasCookie(headers.cookie);
  }

  /** Only the token itself, as needed to get the cookie. True where the relay has none. */
  hasToken({ authorization }: CallerHeaders): boolean {
    if (this.#token === undefined) return true;
    const given = /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    return given !== undefined && isSame(Buffer.from(given), this.#token);
  }

  /** The value of a `Set-Cookie` header. */
  newCookie(isSecure: boolean): string {
    const expires = String(Math.floor(Date.now() / 1000) + lifetimeSeconds);
    const value = `${expires}.${this.#sign(expires)}`;
    const attributes = `Path=/; Max-Age=${lifetimeSeconds}; HttpOnly; SameSite=Strict`;
    return `${this.#cookieName}=${value}; ${attributes}${isSecure ? '; Secure' : ''}`;
  }

  #hasCookie(cookies: string | undefined): boolean {
    const own = cookies?.split(/; */).find((one) => one.startsWith(`${this.#cookieName}=`));
    const [expires, signature] = own?.slice(this.#cookieName.length + 1).split('.') ?? [];
    if (expires === undefined || signature === undefined) return false;
    if (!isSame(Buffer.from(signature), Buffer.from(this.#sign(expires)))) return false;
    return Number(expires) * 1000 > Date.now();
  }

  #sign(expires: string): string {
    return createHmac('sha256', this.#token ?? '')
      .update(`session ${expires}`)
      .digest('base64url');
  }
}

/** Takes as long for a wrong value as for the right one. */
function isSame(given: Buffer, expected: Buffer): boolean {
  const isSameLength = given.length === expected.length;
  return timingSafeEqual(isSameLength ? given : expected, expected) && isSameLength;
}
