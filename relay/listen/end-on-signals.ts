/** Ctrl-C and SIGTERM end the relay after what runs, a second one at once. */
import type { RunningRelay } from '../start-relay';

/** npm passes a Ctrl-C on that the terminal has sent to us as well: that is one signal, not two. */
const sameSignalMs = 500;

export function endOnSignals(relay: RunningRelay, graceMs: number): void {
  let firstAt: number | undefined;
  const onSignal = (): void => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      const count = relay.runningRequests;
      if (count > 0 && graceMs > 0 && process.stderr.isTTY) {
        const what = count === 1 ? 'one request' : `${count} requests`;
        process.stderr.write(`Waiting up to ${graceMs / 1000} s for ${what}. Ctrl-C ends at once.\n`);
      }
      void relay.drain(graceMs);
    } else if (performance.now() - firstAt > sameSignalMs) {
      void relay.close();
    }
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}
