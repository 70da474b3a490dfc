/** What may stand as the address of a server. */
export function isServerUrl(text: string): boolean {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  return parsed !== undefined && /^https?:$/.test(parsed.protocol) && !parsed.search && !parsed.hash;
}
