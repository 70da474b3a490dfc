/** Asks a server for a sign of life and makes an `Availability` of whatever happens. */
import type { Availability } from '../../core/backend';
import { BackendError } from '../../core/backend-error';

/** A server that has not said anything by then will not make a screen wait longer. */
const patienceMs = 5000;

/**
 * @param ask resolves with the server's version, where it has one.
 * Rejects only when `signal` is aborted.
 */
export async function probeServer(
  ask: (signal: AbortSignal) => Promise<string | undefined>,
  label: string,
  signal: AbortSignal,
): Promise<Availability> {
  const timeout = AbortSignal.timeout(patienceMs);
  const started = performance.now();
  try {
    const version = await ask(AbortSignal.any([signal, timeout]));
    const latencyMs = Math.round(performance.now() - started);
    return { state: 'ready', latencyMs, ...(version === undefined ? {} : { version }) };
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return {
      state: 'unavailable',
      error: timeout.aborted ? tooSlow(label) : BackendError.from(thrown),
    };
  }
}

function tooSlow(label: string): BackendError {
  return new BackendError('timeout', `${label} did not answer within ${patienceMs / 1000} seconds.`, {
    hint: 'It may be starting, or busy with another request. Try again in a moment.',
  });
}
