/**
 * Asks whether anything answers at an address, readable or not. Served with an embedder policy of its own
 * (`credentialless`), under which an answer without CORS headers resolves and no answer rejects.
 */
import type { ReachReply } from './reach-message';

self.onmessage = ({ data }: MessageEvent<string>): void => {
  void reach(data).then((reply) => self.postMessage(reply));
};

async function reach(url: string): Promise<ReachReply> {
  if (!(await hasOwnPolicy())) return undefined;
  try {
    await fetch(url, { mode: 'no-cors', cache: 'no-store', credentials: 'omit' });
    return true;
  } catch {
    return false;
  }
}

/** Served otherwise, for example by the development server, every answer would look like none. */
async function hasOwnPolicy(): Promise<boolean> {
  try {
    const { headers } = await fetch(self.location.href);
    return headers.get('cross-origin-embedder-policy') === 'credentialless';
  } catch {
    return false;
  }
}
