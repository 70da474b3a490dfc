/** The workers that a test's page starts, for tests that break one. */
import { vi } from 'vitest';

/** @returns the workers started by `work` */
export async function recordWorkers(work: () => Promise<unknown>): Promise<readonly Worker[]> {
  const workers: Worker[] = [];
  const RealWorker = globalThis.Worker;
  vi.stubGlobal(
    'Worker',
    class extends RealWorker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        workers.push(this);
      }
    },
  );
  try {
    await work();
  } finally {
    vi.unstubAllGlobals();
  }
  return workers;
}

/** What a browser fires when a worker’s script throws; the process itself cannot be killed from here. */
export function kill(worker: Worker | undefined): void {
  worker?.dispatchEvent(new ErrorEvent('error', { message: 'unreachable' }));
}
