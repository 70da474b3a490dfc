/** Holds back what goes to a server that asked to come again later. */
export interface Gate {
  /** Nothing passes for so long, in milliseconds. */
  closeFor(ms: number): void;
  /** Resolves when it is open, or as soon as one of the signals is aborted. */
  pass(...signals: AbortSignal[]): Promise<void>;
}

export function openGate(now: () => number = Date.now): Gate {
  let opensAt = -Infinity;
  return {
    closeFor: (ms) => (opensAt = Math.max(opensAt, now() + ms)),
    async pass(...signals) {
      // It may be closed for longer meanwhile.
      while (opensAt > now() && !signals.some(({ aborted }) => aborted))
        await sleep(opensAt - now(), signals);
    },
  };
}

function sleep(ms: number, signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    for (const signal of signals) signal.addEventListener('abort', end, { once: true });
  });
}
