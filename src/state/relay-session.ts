/** The door of a relay that asks for a token: in and out again. */
import { closeRelaySession, openRelaySession } from '../backends/relay-api';
import { BackendError } from '../core/backend-error';
import type { BackendStore } from './backend-store.svelte';

/** False when the token is wrong. @throws BackendError otherwise */
export async function signIn(backends: BackendStore, token: string, signal: AbortSignal): Promise<boolean> {
  try {
    await openRelaySession(token, signal);
  } catch (thrown) {
    if (BackendError.from(thrown).code === 'unauthorized') return false;
    throw thrown;
  }
  await backends.refresh(signal);
  return true;
}

/** Locks the relay for this browser again. @throws BackendError */
export async function signOut(backends: BackendStore, signal: AbortSignal): Promise<void> {
  await closeRelaySession(signal);
  await backends.refresh(signal);
}
