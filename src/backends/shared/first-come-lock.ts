/** One at a time, in the order of arrival. Who is aborted while waiting leaves the queue. */

export interface FirstComeLock {
  /** Resolves with the release; call it exactly once. Rejects with the signal's reason. */
  acquire(signal: AbortSignal): Promise<() => void>;
}

export function createFirstComeLock(): FirstComeLock {
  const waiting: (() => void)[] = [];
  let isHeld = false;

  function release(): void {
    const next = waiting.shift();
    if (next) next();
    else isHeld = false;
  }

  return {
    acquire(signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error);
        if (!isHeld) {
          isHeld = true;
          return resolve(release);
        }
        const leave = () => {
          waiting.splice(waiting.indexOf(enter), 1);
          reject(signal.reason as Error);
        };
        const enter = () => {
          signal.removeEventListener('abort', leave);
          resolve(release);
        };
        waiting.push(enter);
        signal.addEventListener('abort', leave, { once: true });
      });
    },
  };
}
