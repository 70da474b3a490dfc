/** Which requests the service worker answers itself, and from what. */

export type Answer =
  /** The page, whatever its address was written like. */
  | 'page'
  /** A file of this version. */
  | 'shell'
  /** A file whose name holds a hash, so that any version's copy is the right one. */
  | 'asset'
  /** None of our business. */
  | 'network';

/** What the relay answers afresh each time; engines and downloads keep copies of models themselves. */
export const livePaths = ['/api/', '/relay/', '/models/'] as const;

export function chooseAnswer(
  request: Pick<Request, 'method' | 'mode' | 'url' | 'headers'>,
  origin: string,
  shellPaths: ReadonlySet<string>,
): Answer {
  const url = new URL(request.url);
  const isOwn = url.origin === origin && !livePaths.some((live) => url.pathname.startsWith(live));
  if (!isOwn || request.method !== 'GET' || request.headers.has('range')) return 'network';
  if (request.mode === 'navigate') {
    return url.pathname === '/' || url.pathname === '/index.html' ? 'page' : 'network';
  }
  if (url.pathname.startsWith('/assets/')) return 'asset';
  return shellPaths.has(url.pathname) ? 'shell' : 'network';
}
