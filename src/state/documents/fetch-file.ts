/** A file from an address that lets pages of other origins read it. */
import { BackendError } from '../../core/backend-error';
import { mostFileBytes } from '../../documents/reading/file-limit';

/** Endings for types that servers name, where the address has none that tells. */
const endings: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'application/epub+zip': 'epub',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/xhtml+xml': 'html',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/markdown': 'md',
  'text/plain': 'txt',
};

/** @throws BackendError with what to do instead; the signal's reason */
export async function fetchFile(address: string, signal: AbortSignal): Promise<File> {
  const url = addressOf(address);
  const response = await ask(url, signal);
  if (!response.ok) throw refused(url, response.status);
  if (Number(response.headers.get('content-length') ?? 0) > mostFileBytes) throw tooLarge(url);
  const content = await readAll(response, url, signal);
  const type = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const modified = Date.parse(response.headers.get('last-modified') ?? '');
  return new File(content, nameOf(url, type), {
    type,
    lastModified: Number.isNaN(modified) ? Date.now() : modified,
  });
}

function addressOf(address: string): URL {
  const url = URL.parse(address.trim());
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url;
  throw new BackendError('bad-request', 'This is no address of a web page or file.', {
    hint: 'It begins with https:// or http://.',
  });
}

async function ask(url: URL, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { signal, credentials: 'omit', referrerPolicy: 'no-referrer' });
  } catch (thrown) {
    signal.throwIfAborted();
    const said = thrown instanceof Error ? thrown.message : String(thrown);
    const message = `${url.host} does not answer, or does not let other pages read this address.`;
    throw new BackendError('unreachable', message, { said, hint: byHand }, thrown);
  }
}

async function readAll(
  response: Response,
  url: URL,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  try {
    for await (const piece of response.body ?? []) {
      bytes += piece.length;
      if (bytes > mostFileBytes) throw tooLarge(url);
      pieces.push(piece);
    }
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof BackendError) throw thrown;
    const message = `The connection to ${url.host} broke before the file was here. Nothing was added.`;
    throw new BackendError('unreachable', message, { hint: 'Try again.' }, thrown);
  }
  return pieces;
}

function nameOf({ pathname, host }: URL, type: string): string {
  const last = decoded(pathname.split('/').findLast((part) => part !== '') ?? host);
  const ending = endings[type];
  const hasEnding = /\.[a-z][a-z0-9]{0,5}$/i.test(last) && last !== host;
  return hasEnding || ending === undefined ? last : `${last}.${ending}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function refused({ host }: URL, status: number): BackendError {
  const message = `${host} did not give the file (HTTP ${status}).`;
  return new BackendError('server-failed', message, { status, hint: byHand });
}

function tooLarge({ host }: URL): BackendError {
  const message = `The file of ${host} is larger than ${Math.round(mostFileBytes / 1e6)} MB. Nothing was added.`;
  return new BackendError('bad-request', message);
}

const byHand = 'Open the address in a new tab, save what it shows, and add the file.';
