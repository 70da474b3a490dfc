/** The page's view of its own relay: configuration, status of the upstreams, and the token door. */
import { relayPaths, type RelayConfig, type RelayErrorBody, type RelayStatus } from '../../relay/contract';
import { BackendError } from '../core/backend-error';

export function fetchRelayConfig(signal: AbortSignal): Promise<RelayConfig> {
  return getJson<RelayConfig>(relayPaths.config, signal);
}

export function fetchRelayStatus(signal: AbortSignal): Promise<RelayStatus> {
  return getJson<RelayStatus>(relayPaths.status, signal);
}

/** Trades the access token for a cookie that scripts cannot read. @throws BackendError `unauthorized` */
export async function openRelaySession(token: string, signal: AbortSignal): Promise<void> {
  const headers = { Authorization: `Bearer ${token}` };
  await request(relayPaths.session, { method: 'POST', headers, signal });
}

/** Makes the browser forget the cookie. @throws BackendError */
export async function closeRelaySession(signal: AbortSignal): Promise<void> {
  await request(relayPaths.session, { method: 'DELETE', signal });
}

/** Both ends of these routes ship together, so the shape is trusted once the relay has answered 2xx with JSON. */
async function getJson<Body>(path: string, signal: AbortSignal): Promise<Body> {
  const response = await request(path, { signal });
  try {
    return (await response.json()) as Body;
  } catch (thrown) {
    throw new BackendError(
      'unreachable',
      'Something other than Switchyard’s relay answers at this address.',
      { hint: 'Start the page with `npm start`, which serves page and relay together.' },
      thrown,
    );
  }
}

async function request(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (thrown) {
    if (init.signal?.aborted) throw thrown;
    throw new BackendError(
      'unreachable',
      'The relay does not answer. Models in this page and direct connections still work.',
      { hint: 'Is `npm start` still running? Start it again, then check again here.' },
      thrown,
    );
  }
  if (response.ok) return response;
  throw await refusal(response);
}

async function refusal(response: Response): Promise<BackendError> {
  const { status } = response;
  const body = (await response.json().catch(() => undefined)) as Partial<RelayErrorBody> | undefined;
  if (status === 401) {
    return new BackendError('unauthorized', 'This relay asks for its access token.', { status });
  }
  const message = body?.error?.message ?? `The relay answered with status ${status}.`;
  return new BackendError(body?.error?.code ?? 'server-failed', message, { status });
}
