/** Decides which link targets of a model may be clicked: http, https and mailto, absolute, nothing else. */
import { decodeEntities } from './decode-entities';

export interface SafeLink {
  readonly href: string;
  /** Host or mail address. */
  readonly destination: string;
}

/**
 * @param literal autolinks are taken as they stand; other targets may hold character references
 * @returns undefined for a target that must stay plain text
 */
export function safeLink(target: string, literal = false): SafeLink | undefined {
  // The URL parser itself drops tabs, newlines and leading control characters, as a click would,
  // so a hidden `java\nscript:` shows its true protocol here.
  const url = parseUrl(literal ? target : decodeEntities(target));
  if (url?.protocol === 'mailto:') return { href: url.href, destination: url.pathname };
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return undefined;
  return { href: url.href, destination: url.host };
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
