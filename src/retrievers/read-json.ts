/** The answer of a server that is searched: JSON of a bearable size, or the reason why not. */
import { BackendError, backendErrorCodes } from '../core/backend-error';
import type { JsonValue } from '../core/json';

/** Bytes: some hundred passages are far smaller. */
const largest = 8 * 1024 * 1024;

/** @throws BackendError; whatever reading the body throws */
export async function readJson(response: Response, label: string): Promise<JsonValue> {
  const text = await readText(response, label);
  const json = parse(text);
  if (!response.ok) throw refused(response.status, label, text, json);
  if (json !== undefined) return json;
  const what = /^\s*</.test(text) ? 'with a web page' : 'with something that is no JSON';
  throw new BackendError('malformed-stream', `${label} answered ${what}.`, {
    status: response.status,
    said: text.slice(0, 300),
    hint: 'Check its address: a login page may be in between.',
  });
}

async function readText(response: Response, label: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    bytes += piece.length;
    if (bytes > largest) {
      const message = `The answer of ${label} is larger than ${largest / 1024 / 1024} MB, and was not read.`;
      throw new BackendError('malformed-stream', message);
    }
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

interface RelayFailure {
  readonly error?: { readonly code?: unknown; readonly message?: unknown } | null;
}

/** The relay's own failures carry one of our codes, and words for people. */
function refused(status: number, label: string, said: string, json: JsonValue | undefined): BackendError {
  const { error } = (typeof json === 'object' && json !== null ? json : {}) as RelayFailure;
  const ownCode = backendErrorCodes.find((code) => code === error?.code);
  if (ownCode && typeof error?.message === 'string') {
    return new BackendError(ownCode, error.message, { status });
  }
  const isKey = status === 401 || status === 403;
  const message = isKey
    ? `${label} asks for a key, or refuses this one (HTTP ${status}).`
    : `${label} did not answer the search (HTTP ${status}).`;
  return new BackendError(isKey ? 'unauthorized' : 'server-failed', message, {
    status,
    said: said.slice(0, 300),
    ...(isKey && { hint: 'A key is given to the relay: name this search in its configuration.' }),
  });
}
