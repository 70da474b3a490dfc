/** Reads the `Retry-After` header (RFC 9110 §10.2.3): seconds or an HTTP date. */

/** @returns milliseconds to wait, never negative; `undefined` when the header is absent or unreadable. */
export function retryAfterMs(header: string | null, now = Date.now()): number | undefined {
  const value = header?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
