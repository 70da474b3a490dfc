/** What a server itself said about a failure, found in any of the body shapes that servers use. */

export interface ServerWords {
  /** Plain text, shortened; empty when the server said nothing. */
  readonly said: string;
  /** The server's own error code or type, where it has one. */
  readonly code?: string;
  /** An HTTP status inside the body: the only one there is when a stream fails after its headers. */
  readonly status?: number;
  readonly isHtml?: true;
}

const longest = 500;

/** Reads the body of a failed response, whatever its format. */
export function wordsOfBody(body: string): ServerWords {
  const text = body.trim();
  if (/^<(!doctype|html|head|body|\?xml)/i.test(text)) return { said: htmlTitle(text), isHtml: true };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { said: shorten(text) };
  }
  return wordsOfJson(json) ?? { said: shorten(messageOf(json) ?? text) };
}

/**
 * Reads one JSON value; `undefined` when it is no error. Shapes: `{error: string}` (Ollama, vLLM's 401),
 * `{error: {message, type, code}}` (OpenAI), `{object: "error", message}` (older vLLM), `{detail}` (FastAPI).
 */
export function wordsOfJson(json: unknown): ServerWords | undefined {
  if (!isRecord(json)) return undefined;
  const { error, detail } = json;
  if (typeof error === 'string') return { said: shorten(error) };
  if (isRecord(error)) return fromErrorObject(error);
  if (json.object === 'error') return fromErrorObject(json);
  if (detail !== undefined && detail !== null) return { said: shorten(wordsOfDetail(detail)) };
  return undefined;
}

function fromErrorObject(error: Readonly<Record<string, unknown>>): ServerWords {
  const { code, type } = error;
  const name = [code, type].find((value): value is string => typeof value === 'string');
  const status = typeof code === 'number' && code >= 400 && code <= 599 ? code : undefined;
  return {
    said: shorten(messageOf(error) ?? JSON.stringify(error)),
    ...(name === undefined ? {} : { code: name }),
    ...(status === undefined ? {} : { status }),
  };
}

/** FastAPI's validation errors are a list of `{loc, msg}`. */
function wordsOfDetail(detail: unknown): string {
  if (typeof detail === 'string') return detail;
  if (!Array.isArray(detail)) return messageOf(detail) ?? JSON.stringify(detail);
  return detail
    .map((item: unknown) => {
      if (!isRecord(item) || typeof item.msg !== 'string') return JSON.stringify(item);
      return Array.isArray(item.loc) ? `${item.loc.join('.')}: ${item.msg}` : item.msg;
    })
    .join('; ');
}

function messageOf(value: unknown): string | undefined {
  return isRecord(value) && typeof value.message === 'string' ? value.message : undefined;
}

/** The title names a wrong server best; it is shown as plain text only. */
function htmlTitle(html: string): string {
  const title = /<(title|h1)[^>]*>([^<]*)</i.exec(html)?.[2]?.trim();
  return title ? `A web page titled “${shorten(title)}”` : 'A web page without a title';
}

function shorten(text: string): string {
  const trimmed = text.trim();
  return trimmed.length > longest ? `${trimmed.slice(0, longest)}…` : trimmed;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
