/** Lets one request at a time through to a server that cannot take two: across tabs where the browser can. */

export interface Turns {
  /** Waits for its turn; call what it resolves with when done. Rejects when aborted. */
  take(signal: AbortSignal): Promise<() => void>;
  /** The turn if it is free now, else `undefined`. */
  tryTake(): Promise<(() => void) | undefined>;
}

/**
 * A turn ends this much later than its request: the server counts a connection until it has seen it close
 * (seen with InstructLab: 0 ms gave a 503 in every fourth request, 20 ms none).
 */
const settleMs = 100;

/** @param name One queue per name: all requests to one server share it. */
export function createTurns(name: string): Turns {
  // Absent outside secure contexts and in older Node versions.
  const locks = typeof navigator === 'undefined' ? undefined : (navigator.locks as LockManager | undefined);
  const { take, tryTake } = locks ? sharedByTabs(locks, `switchyard server ${name}`) : withinThisPage(name);
  return {
    take: async (signal) => settled(await take(signal)),
    async tryTake() {
      const release = await tryTake();
      return release && settled(release);
    },
  };
}

function settled(release: () => void): () => void {
  return () => void setTimeout(release, settleMs);
}

function sharedByTabs(locks: LockManager, name: string): Turns {
  function request(options: LockOptions): Promise<(() => void) | undefined> {
    return new Promise((resolve, reject) => {
      locks
        .request(name, options, (lock) => {
          if (!lock) return resolve(undefined);
          return new Promise<void>((release) => resolve(release));
        })
        .catch(reject);
    });
  }
  return {
    take: async (signal) => (await request({ signal })) ?? (() => undefined),
    tryTake: () => request({ ifAvailable: true }),
  };
}

/** The end of the queue of each server. */
const tails = new Map<string, Promise<void>>();

function withinThisPage(name: string): Turns {
  function enqueue(): { readonly before: Promise<void> | undefined; readonly release: () => void } {
    const before = tails.get(name);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const tail = (before ?? Promise.resolve()).then(() => held);
    tails.set(name, tail);
    void tail.then(() => {
      if (tails.get(name) === tail) tails.delete(name);
    });
    return { before, release };
  }
  return {
    async take(signal) {
      signal.throwIfAborted();
      const { before, release } = enqueue();
      try {
        await Promise.race([before, rejectionOnAbort(signal)]);
      } catch (thrown) {
        release();
        throw thrown;
      }
      return release;
    },
    tryTake: () => Promise.resolve(tails.has(name) ? undefined : enqueue().release),
  };
}

function rejectionOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    signal.addEventListener('abort', abort, { once: true });
  });
}
