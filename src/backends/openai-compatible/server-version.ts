/** Where a server tells its version, and the words around it. */
import * as v from 'valibot';
import type { ServerHttp } from '../shared/http';

export interface VersionRoute {
  readonly path: string;
  readonly field: string;
  /** The object that has the field; absent where it stands at the top. */
  readonly within?: string;
  /** Named before the number where it is not the server's own version but that of what it runs on. */
  readonly of?: string;
  /** A long reply that is worth asking for only once. */
  readonly once?: true;
}

/** @throws BackendError where the route is not there or holds something else */
export async function serverVersion(
  http: ServerHttp,
  { path, field, within, of }: VersionRoute,
  signal: AbortSignal,
): Promise<string> {
  const own = v.object({ [field]: v.string() });
  const reply = within
    ? (await http.getJson(path, v.object({ [within]: own }), signal))[within]
    : await http.getJson(path, own, signal);
  const number = reply?.[field] ?? '';
  return of ? `${of} ${number}` : number;
}
