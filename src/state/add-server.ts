/** Turns what a person typed about a server into a connection to keep: a clean URL and a kind. */
import { detectServerKind } from '../backends/detect-server-kind';
import { serverPresets } from '../backends/presets';
import { BackendError } from '../core/backend-error';
import { type ServerKind, serverKinds } from '../core/connection';
import { newId } from './new-id';
import type { AddedServer } from './setting-values';

export interface TypedServer {
  readonly url: string;
  /** Undefined asks the server itself. */
  readonly kind: ServerKind | undefined;
  readonly label: string;
}

export const serverKindChoices = serverKinds.map((kind) => ({
  kind,
  label: serverPresets[kind].label,
  usualUrl: serverPresets[kind].usualBaseUrl,
}));

/** @throws BackendError `bad-request` for what is no http(s) URL; what the server answers when asked for its kind */
export async function addServer(typed: TypedServer, signal: AbortSignal): Promise<AddedServer> {
  const url = cleanUrl(typed.url);
  if (url === undefined) {
    throw new BackendError('bad-request', 'This is not an address of a server.', {
      hint: 'It looks like http://localhost:11434.',
    });
  }
  const kind = typed.kind ?? (await detect(url, signal));
  const label = typed.label.trim() || `${serverPresets[kind].label} at ${new URL(url).host}`;
  return { id: newId(), kind, label, url };
}

async function detect(url: string, signal: AbortSignal): Promise<ServerKind> {
  const kind = await detectServerKind(url, fetch.bind(globalThis), signal);
  if (kind) return kind;
  throw new BackendError('bad-request', 'Something answers there, but it is none of the servers we know.', {
    hint: 'Check the address, or choose the kind of server yourself.',
  });
}

/** Undefined for what is no http or https address. */
export function cleanUrl(typed: string): string | undefined {
  const text = /^[a-z]+:\/\//i.test(typed.trim()) ? typed.trim() : `http://${typed.trim()}`;
  if (!URL.canParse(text) || !/^https?:\/\//i.test(text)) return undefined;
  const url = new URL(text);
  // A key in the address would end up in lists and logs.
  url.username = '';
  url.password = '';
  url.search = '';
  url.hash = '';
  return url.href.replace(/\/+$/, '');
}
